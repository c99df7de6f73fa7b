'use client';

import { memo } from 'react';
import { CopyText } from '#components/primitives/copy-text.tsx';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { LEASE_COLUMNS, type LeaseColumnId } from '#lib/consumers/lease-columns.ts';
import { caughtUpWords, isLossSoon, lossWords, paceWords } from '#lib/consumers/lease-facts.ts';
import { levelOfStatus } from '#lib/consumers/status-level.ts';
import { STATUS_MEANINGS, STATUS_WORDS } from '#lib/consumers/status-words.ts';
import { UNKNOWN_STATUS_WORDS } from '#lib/consumers/unknown-status-words.ts';
import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatRecordsPerSecond } from '#lib/format/rate.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { formatClock, formatInstant } from '#lib/format/time.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './detail-table.module.css';
import { LagFigure } from './lag-figure.tsx';

/** One lease; as high while it is being read. */
export const LeaseRow = memo(function LeaseRow(props: {
  /** Place among all rows, from 0. */
  readonly index: number;
  readonly lease: LeaseHealth | null;
}) {
  const { lease, index } = props;
  return (
    <tr aria-rowindex={index + 2} className={classes.leaseRow}>
      {lease === null ? (
        <td colSpan={LEASE_COLUMNS.length} className={classes.quiet}>
          reading…
        </td>
      ) : (
        LEASE_COLUMNS.map(({ id, numeric }) =>
          id === 'shard' ? (
            <th key={id} scope="row">
              <CopyText
                short={shortShardId(lease.shardId)}
                whole={lease.shardId}
                what="the shard id"
              />
            </th>
          ) : (
            <td key={id} data-numeric={numeric || undefined}>
              <Cell column={id} lease={lease} />
            </td>
          ),
        )
      )}
    </tr>
  );
});

function Cell(props: {
  readonly column: Exclude<LeaseColumnId, 'shard'>;
  readonly lease: LeaseHealth;
}) {
  const { column, lease } = props;
  switch (column) {
    case 'status':
      return <Status lease={lease} />;
    case 'lag':
      return <LagFigure lag={lease.lag} />;
    case 'owner':
      return lease.owner === null ? (
        <span className={classes.quiet}>
          {lease.checkpointOwner === null ? 'nobody' : `handed over by ${lease.checkpointOwner}`}
        </span>
      ) : (
        <span className={classes.mono} title={lease.owner}>
          {lease.owner}
        </span>
      );
    case 'backlog':
      return <Backlog lease={lease} />;
    case 'pace': {
      const words = paceWords(lease.pace);
      return words === null ? (
        <Unknown reason="its checkpoint has not been seen to move for long enough" />
      ) : (
        <>
          {words}
          {lease.recordsPerSecond !== null && (
            <span className={classes.second}>{formatRecordsPerSecond(lease.recordsPerSecond)}</span>
          )}
        </>
      );
    }
    case 'caught-up':
      return caughtUpWords(lease) ?? <span className={classes.quiet}>–</span>;
    case 'loss': {
      const words = lossWords(lease.lossInMs);
      return words === null ? (
        <span className={classes.quiet}>–</span>
      ) : (
        <span className={isLossSoon(lease.lossInMs) ? classes.bad : undefined}>{words}</span>
      );
    }
  }
}

function Status({ lease }: { readonly lease: LeaseHealth }) {
  const zone = useZone();
  const { status, sinceMs, unknown } = lease;
  return (
    <>
      <HealthMark
        level={levelOfStatus(status, false)}
        word={STATUS_WORDS[status]}
        title={unknown === null ? STATUS_MEANINGS[status] : UNKNOWN_STATUS_WORDS[unknown]}
      />
      {unknown !== null && (
        <span className={classes.second} title={UNKNOWN_STATUS_WORDS[unknown]}>
          {UNKNOWN_STATUS_WORDS[unknown]}
        </span>
      )}
      {sinceMs !== null && (
        <span className={classes.second} title={formatInstant(sinceMs, zone)}>
          since {formatClock(sinceMs, zone)}
        </span>
      )}
    </>
  );
}

function Backlog({ lease }: { readonly lease: LeaseHealth }) {
  const { backlogRecords, backlogBytes } = lease;
  if (backlogRecords === null) {
    return <Unknown reason="not known by shard: shard-level metrics are off, or not read yet" />;
  }
  if (backlogRecords === 0) return <span className={classes.quiet}>0</span>;
  return (
    <>
      ≥ {formatCount(backlogRecords)}
      <span className={classes.second}>
        {backlogBytes === null ? 'records' : `records, ${formatBytes(backlogBytes)}`}
      </span>
    </>
  );
}
