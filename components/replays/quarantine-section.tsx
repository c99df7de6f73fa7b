'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { DataTable } from '#components/primitives/data-table.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { useNews } from '#lib/consumers/use-news.ts';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatCount } from '#lib/format/count.ts';
import type { QuarantineReasonSum } from '#lib/replay/view/quarantine.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import { NewReplayButton } from './new-replay-button.tsx';
import { QuarantineEntry } from './quarantine-entry.tsx';
import classes from './replays.module.css';

const NEWS_EVERY_MS = 5_000;

/** What could not be sent: why, where it lies, its bytes, and what can be done with it. */
export function QuarantineSection({ run }: { readonly run: ReplayView }) {
  const { quarantined } = run.ledger;
  return (
    <PageSection
      title="Quarantine"
      beside={
        quarantined === 0 ? (
          <Quiet>
            {isRunOver(run.state)
              ? 'Nothing: every byte of the archive was a record that could be sent, or padding.'
              : 'Nothing so far.'}
          </Quiet>
        ) : (
          <>
            <HealthMark level="warning" word={`${formatCount(quarantined)} not sent`} />
            <a href={`/api/export/replays/${run.id}/quarantine`} download>
              Download as JSON lines
            </a>
            {isRunOver(run.state) && (
              <NewReplayButton origin={{ from: 'quarantine', id: run.id }}>
                Replay these again
              </NewReplayButton>
            )}
          </>
        )
      }
    >
      {quarantined > 0 && <Quarantined run={run} />}
    </PageSection>
  );
}

function Quarantined({ run }: { readonly run: ReplayView }) {
  const client = useTRPCClient();
  const [reason, setReason] = useState<string | null>(null);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: ['replay-quarantine', run.id, reason],
      queryFn: ({ signal, pageParam }) =>
        client.replays.quarantine.query({ id: run.id, after: pageParam, reason }, { signal }),
      initialPageParam: null as number | null,
      getNextPageParam: ({ next }) => next,
      placeholderData: keepPreviousData,
    },
  );
  // All of it is summed up for each answer: not each second, however fast more comes.
  useNews(
    isRunOver(run.state) ? run.ledger.quarantined : Math.floor(run.readAtMs / NEWS_EVERY_MS),
    refetch,
  );
  const rows = data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      {error !== null && (
        <p role="alert">What is in quarantine could not be read: {error.message}</p>
      )}
      {data === undefined && error === null && <Quiet>Reading it…</Quiet>}
      <Reasons reasons={data?.pages.at(-1)?.reasons ?? []} chosen={reason} onChoose={setReason} />
      {rows.length > 0 && (
        <ol
          className={classes.quarantine}
          aria-label="What is in quarantine, in order of coming"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
          tabIndex={0}
        >
          {rows.map((row) => (
            <QuarantineEntry key={row.id} row={row} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <div>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

/** Each reason narrows the list below to itself. */
function Reasons(props: {
  readonly reasons: readonly QuarantineReasonSum[];
  readonly chosen: string | null;
  readonly onChoose: (reason: string | null) => void;
}) {
  const { reasons, chosen, onChoose } = props;
  if (reasons.length === 0) return null;
  return (
    <TableBox label="Reasons of the quarantine">
      <DataTable className={classes.table} widthMin={560}>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col" data-numeric>
              Units
            </th>
            <th scope="col" data-numeric>
              Bytes
            </th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ reason, title, todo, units, bytes }) => (
            <tr key={reason} data-selected={reason === chosen || undefined}>
              <th scope="row">
                <button
                  type="button"
                  className={classes.reason}
                  aria-pressed={reason === chosen}
                  title={reason === chosen ? 'Show all again' : 'Show these alone'}
                  onClick={() => onChoose(reason === chosen ? null : reason)}
                >
                  {title}
                </button>
              </th>
              <td data-numeric>{formatCount(units)}</td>
              <td data-numeric>{formatBytes(bytes)}</td>
              <td className={classes.wrapped}>{todo}</td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </TableBox>
  );
}
