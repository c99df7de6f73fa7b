'use client';

import { Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { PolicyStatement } from '#components/stream-admin/failure-notice.tsx';
import { formatAge } from '#lib/format/age.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { ArchiveGap, FoundArchive } from '#lib/replay/view/archive.ts';
import { archiveFacts, archiveId, foundByWords } from '#lib/replay/wizard/archive-words.ts';
import { withSource } from '#lib/replay/wizard/change-draft.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';
import type { StepProps } from './step-props.ts';

/** The archives that a connection knows of, to choose one. */
export function ArchiveCards({
  connection,
  draft,
  edit,
}: StepProps & { readonly connection: string }) {
  const trpc = useTRPC();
  const nowMs = useServerNow();
  const found = useQuery(
    trpc.archives.find.queryOptions({ connection }, { retry: false, staleTime: 60_000 }),
  );
  const { data } = found;
  const chosen = draft.source === null ? '' : archiveId(draft.source);
  return (
    <>
      <ReadFailure title="Archives could not be looked for" error={found.error} />
      {found.isPending && <Quiet>Looking for archives…</Quiet>}
      {data !== undefined && (
        <>
          {data.archives.length === 0 ? (
            <p>
              No delivery stream of Firehose on this connection writes to S3, so no archive was
              found. Say below where one lies.
            </p>
          ) : (
            <Radio.Group
              label="Archives that were found"
              value={chosen}
              onChange={(id) => {
                const archive = data.archives.find(({ source }) => archiveId(source) === id);
                if (archive === undefined) return;
                edit((before) => withSource(before, archive.source, archive.sourceStreamArn));
              }}
            >
              <div className={classes.cards}>
                {archivesOfFirst(
                  data.archives,
                  draft.sourceStreamArn ?? draft.target?.streamArn ?? null,
                ).map((archive) => (
                  <ArchiveCard key={archiveId(archive.source)} archive={archive} />
                ))}
              </div>
            </Radio.Group>
          )}
          {data.gaps.map((gap) => (
            <Gap key={gap.words} gap={gap} />
          ))}
          <p className={classes.buttons}>
            <Button disabled={found.isFetching} onClick={() => void found.refetch()}>
              Look again
            </Button>
            <Quiet as="span">Firehose and S3 were asked {formatAge(nowMs - data.atMs)} ago</Quiet>
          </p>
        </>
      )}
    </>
  );
}

function ArchiveCard({ archive }: { readonly archive: FoundArchive }) {
  const { source, notes } = archive;
  return (
    <div className={classes.card}>
      <Radio
        value={archiveId(source)}
        label={
          <span className={classes.mono}>
            {source.bucket}/{source.prefix}
          </span>
        }
        description={
          <>
            {foundByWords(archive)}
            {archiveFacts(archive).map((fact) => (
              <span key={fact}>
                <br />
                {fact}
              </span>
            ))}
          </>
        }
      />
      {notes.length > 0 && (
        <ul className={classes.list}>
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** What could not be asked: what is not listed may be there all the same. */
function Gap({ gap: { words, deniedAction } }: { readonly gap: ArchiveGap }) {
  return (
    <div className={classes.notice} data-level="warning">
      <p>{words}</p>
      {deniedAction !== null && <PolicyStatement action={deniedAction} streamArn={null} />}
    </div>
  );
}

/** Those of the stream that somebody came from first. */
function archivesOfFirst(archives: readonly FoundArchive[], streamArn: string | null) {
  const isOfIt = (archive: FoundArchive) =>
    streamArn !== null && archive.sourceStreamArn === streamArn;
  return [...archives].sort((a, b) => Number(isOfIt(b)) - Number(isOfIt(a)));
}
