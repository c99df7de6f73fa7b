'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Quiet } from '#components/primitives/quiet.tsx';
import { withSniffed } from '#lib/replay/wizard/change-draft.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { FormatFields } from './format-fields.tsx';
import { KeyFields } from './key-fields.tsx';
import { QuarantineSource } from './quarantine-source.tsx';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';
import { SampleRows } from './sample-rows.tsx';
import { SniffPanel } from './sniff-panel.tsx';
import type { RunStepProps } from './step-props.ts';
import { useSample } from './use-sample.ts';

/** How records lie in the objects, and where their partition keys come from; seen at once on some of them. */
export function FormatStep(props: RunStepProps) {
  return props.run.quarantineOf === null ? (
    <ArchiveFormat {...props} />
  ) : (
    <QuarantineSource of={props.run.quarantineOf} />
  );
}

function ArchiveFormat({ run, draft, edit }: RunStepProps) {
  const trpc = useTRPC();
  const { source, window, transform } = draft;
  const sniff = useQuery(
    trpc.archives.sniff.queryOptions(
      // Not asked where there is none.
      { source: source ?? NO_SOURCE, window },
      { enabled: source !== null, retry: false, staleTime: 300_000 },
    ),
  );
  const sniffed = sniff.data;
  useEffect(() => {
    if (sniffed !== undefined) edit((before) => withSniffed(before, sniffed));
  }, [sniffed, edit]);
  const { query, isOld } = useSample(run, draft, false);
  if (source === null) return <p>Choose an archive first: step 1.</p>;
  return (
    <>
      <ReadFailure title="The format could not be looked at" error={sniff.error} />
      {sniff.isPending && <Quiet>Looking into the first, middle and last object…</Quiet>}
      {sniffed !== undefined && <SniffPanel sniff={sniffed} draft={draft} edit={edit} />}
      <FormatFields draft={draft} edit={edit} sniffed={sniffed?.compression ?? null} />
      {transform !== null && (
        <>
          <KeyFields
            transform={transform}
            edit={edit}
            keys={query.data?.keys ?? null}
            objectKey={query.data?.objects[0]?.key ?? null}
          />
          <section className={classes.part} aria-labelledby="replay-sample">
            <h3 id="replay-sample" className={classes.subtitle}>
              Sample
            </h3>
            <ReadFailure title="No sample could be read" error={query.error} />
            {query.isLoading && <Quiet>Reading a sample…</Quiet>}
            {query.data !== undefined && query.error === null && (
              <SampleRows sample={query.data} withVerdicts={false} isOld={isOld} />
            )}
          </section>
        </>
      )}
    </>
  );
}

const NO_SOURCE = { connection: '', bucket: '', prefix: '', timeZone: 'UTC', paddingMs: 0 };
