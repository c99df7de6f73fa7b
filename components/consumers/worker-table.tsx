'use client';

import { DataTable } from '#components/primitives/data-table.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { levelOfStatus } from '#lib/consumers/status-level.ts';
import { STATUS_MEANINGS, STATUS_WORDS } from '#lib/consumers/status-words.ts';
import type { WorkerHealth } from '#lib/domain/consumers/application-health.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare } from '#lib/format/percent.ts';
import { formatBytesPerSecond } from '#lib/format/rate.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import classes from './detail-table.module.css';

const KIBIBYTE = 1_024;

/** Who works for the application: leases, share, throughput, whether it is alive, and how much it takes over. */
export function WorkerTable({ workers }: { readonly workers: readonly WorkerHealth[] }) {
  const tickMs = useServerNow();
  const nowMs = usePause().pausedAtMs ?? tickMs;
  if (workers.length === 0) {
    return (
      <p className={classes.none}>
        No worker owns a lease, and none has reported of itself. Records wait until one does.
      </p>
    );
  }
  return (
    <TableBox label="Table of workers">
      <DataTable className={classes.table} widthMin={720} aria-label="Workers of the application">
        <thead>
          <tr>
            <th scope="col">Worker</th>
            <th scope="col" title="The worst of its leases">
              Its leases
            </th>
            <th scope="col" data-numeric>
              Leases
            </th>
            <th scope="col" data-numeric title="Of all owned leases that are not worked off">
              Share
            </th>
            <th scope="col" data-numeric title="Read from its shards of late, as KCL 3 reports it">
              Throughput
            </th>
            <th
              scope="col"
              data-numeric
              title="When a lease of its was last seen to be renewed, or it reported of itself"
            >
              Last seen
            </th>
            <th
              scope="col"
              data-numeric
              title="Leases that changed to or from it, within the last hour"
            >
              Owner changes
            </th>
          </tr>
        </thead>
        <tbody>
          {workers.map((worker) => (
            <tr key={worker.workerId}>
              <th scope="row" className={classes.mono}>
                {worker.workerId}
              </th>
              <td>
                <HealthMark
                  level={levelOfStatus(worker.status, false)}
                  word={STATUS_WORDS[worker.status]}
                  title={STATUS_MEANINGS[worker.status]}
                />
              </td>
              <td data-numeric>{formatCount(worker.leases)}</td>
              <td data-numeric>
                <span
                  className={classes.share}
                  style={{ inlineSize: `${Math.round(worker.share * 48)}px` }}
                  aria-hidden
                />
                {formatShare(worker.share)}
              </td>
              <td data-numeric>
                {worker.throughputKBps === null ? (
                  <Unknown reason="its leases do not say, as those before KCL 3" />
                ) : (
                  formatBytesPerSecond(worker.throughputKBps * KIBIBYTE)
                )}
              </td>
              <td data-numeric>
                {worker.lastSeenMs === null ? (
                  <Unknown reason="it has not been seen to renew a lease yet" />
                ) : worker.fresh ? (
                  `${formatAge(nowMs - worker.lastSeenMs)} ago`
                ) : (
                  <span className={classes.bad}>
                    silent for {formatAge(nowMs - worker.lastSeenMs)}
                  </span>
                )}
              </td>
              <td data-numeric>
                {worker.ownerChanges === 0 ? (
                  <span className={classes.quiet}>0</span>
                ) : (
                  countOf(worker.ownerChanges, 'change')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </DataTable>
    </TableBox>
  );
}
