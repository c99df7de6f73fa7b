'use client';

import { VisuallyHidden } from '@mantine/core';
import { DataTable } from '#components/primitives/data-table.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import { formatRecordsPerSecond } from '#lib/format/rate.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { rowStatus, sourceWords, windowWords } from '#lib/replay/run-row.ts';
import type { ReplayListRow } from '#lib/replay/view/list.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { DiscardButton } from './discard-button.tsx';
import classes from './replays.module.css';
import { ShareBar } from './share-bar.tsx';
import { StateMark } from './state-mark.tsx';

/** Replays a line each: how it is, from where to where, how far, what came of it, whose it is. */
export function ReplayTable(props: {
  readonly label: string;
  readonly rows: readonly ReplayListRow[];
}) {
  const drafts = props.rows.some(({ state }) => state === 'draft');
  return (
    <TableBox label={props.label}>
      <DataTable className={classes.list} widthMin={980}>
        <thead>
          <tr>
            <th scope="col">Replay</th>
            <th scope="col">Progress</th>
            <th scope="col">From</th>
            <th scope="col">Into</th>
            <th scope="col" data-numeric>
              Rate
            </th>
            <th scope="col" data-numeric>
              Sent
            </th>
            <th scope="col" data-numeric>
              Quarantined
            </th>
            <th scope="col" data-numeric title="Records that may be in the target more than once">
              Duplicates ≤
            </th>
            <th scope="col">By</th>
            <th scope="col" data-numeric>
              Changed
            </th>
            {drafts && (
              <th scope="col">
                <VisuallyHidden>Discard</VisuallyHidden>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </DataTable>
    </TableBox>
  );
}

function Row({ row }: { readonly row: ReplayListRow }) {
  const zone = useZone();
  const nowMs = useServerNow();
  const status = rowStatus(row);
  const { id, target, purpose, emitted, quarantined, changedAtMs } = row;
  const began = row.startedAtMs !== null;
  return (
    <tr data-level={status.level ?? undefined}>
      <th scope="row" className={classes.name}>
        <PageLink href={`/replays/${id}`}>Replay {id}</PageLink>
        <span className={classes.second}>
          <StateMark {...status} />
        </span>
      </th>
      <td>
        <Progress row={row} />
      </td>
      <td className={classes.wrapped}>
        <Source row={row} />
        <span className={classes.second}>{windowWords(row, zone)}</span>
        {purpose !== null && <span className={classes.second}>{purpose}</span>}
        {row.failure !== null && <span className={classes.failure}>{row.failure.words}</span>}
      </td>
      <td>
        {target === null ? (
          <Unknown reason="no target has been chosen" />
        ) : (
          <>
            <PageLink href={streamHref(target.connection, target.streamName)}>
              {target.streamName}
            </PageLink>
            <span className={classes.second}>{target.connection}</span>
          </>
        )}
      </td>
      <td data-numeric>
        {row.rate !== null ? (
          formatRecordsPerSecond(row.rate.recordsPerSecond)
        ) : row.state === 'running' ? (
          <Unknown reason="it is measured between two readings, some seconds apart" />
        ) : null}
      </td>
      <td data-numeric>{began ? formatCount(emitted) : <Unknown reason="it was not started" />}</td>
      <td data-numeric>
        {began ? formatCount(quarantined) : <Unknown reason="it was not started" />}
      </td>
      <td data-numeric>
        {began ? formatCount(row.possibleDuplicates) : <Unknown reason="it was not started" />}
      </td>
      <td>{row.startedBy ?? row.createdBy}</td>
      <td data-numeric title={formatInstant(changedAtMs, zone)}>
        {formatAge(nowMs - changedAtMs)} ago
      </td>
      {row.state === 'draft' && (
        <td>
          <DiscardButton id={id} />
        </td>
      )}
    </tr>
  );
}

function Source({ row }: { readonly row: ReplayListRow }) {
  const words = sourceWords(row);
  return words === null ? (
    <Unknown reason="no archive has been chosen" />
  ) : (
    <span className={row.quarantineOf === null ? classes.mono : undefined}>{words}</span>
  );
}

function Progress({ row }: { readonly row: ReplayListRow }) {
  const { storedBytes, storedBytesDone, objects } = row;
  if (storedBytes === null) return <Unknown reason="it was not planned" />;
  const share = storedBytes === 0 ? null : storedBytesDone / storedBytes;
  return (
    <span title={`${formatBytes(storedBytesDone)} of ${formatBytes(storedBytes)} as stored`}>
      <ShareBar share={share} /> {share === null ? '' : formatUse(share)}
      <span className={classes.second}>
        {formatBytes(storedBytes)} in {formatCount(objects)} objects
      </span>
    </span>
  );
}
