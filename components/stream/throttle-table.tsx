'use client';

import { memo } from 'react';
import { useChartCursor, useCursorPeriod } from '#components/charts/chart-group.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import type { ThrottleRow, ThrottleRows } from '#lib/charts/throttle-rows.ts';
import { formatCount } from '#lib/format/count.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { formatPeriodUnder, zoneName } from '#lib/format/time.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './throttle-table.module.css';

type ThrottleTableProps = { refusals: ThrottleRows; periodSeconds: number; stale: boolean };

/** What was refused in each of the last completed periods, to the record. */
export const ThrottleTable = memo(function ThrottleTable(props: ThrottleTableProps) {
  const { refusals, periodSeconds, stale } = props;
  const pointed = useCursorPeriod();
  const zone = useZone();
  const newestMs = refusals.rows[0]?.periodStartMs ?? 0;
  const cursor = useChartCursor();
  return (
    <section
      className={classes.box}
      data-stale={stale || undefined}
      aria-label="Refused in the last periods"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls, also by keyboard
      tabIndex={0}
    >
      <table className={classes.table} onPointerLeave={() => cursor.set(null)}>
        <caption className={classes.caption}>
          <div className={classes.words}>
            Refused in the last periods
            <span> · records, WriteProvisionedThroughputExceeded, Sum</span>
          </div>
        </caption>
        <thead>
          <tr>
            <th scope="col">Period, {zoneName(zone, newestMs)}</th>
            <th scope="col" title="Records refused by all shards">
              all shards
            </th>
            {refusals.shardIds.map((shardId) => (
              <th key={shardId} scope="col" className={classes.shard} title={shardId}>
                {shortShardId(shardId)}
              </th>
            ))}
            <th scope="col">other shards</th>
            <th scope="col" title="ReadProvisionedThroughputExceeded, Sum">
              GetRecords calls
            </th>
          </tr>
        </thead>
        <tbody>
          {refusals.rows.map((row, place) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is a place; a new period changes what it says, and moves nothing
              key={place}
              row={row}
              shardIds={refusals.shardIds}
              periodSeconds={periodSeconds}
              headMs={newestMs}
              pointed={row.periodStartMs === pointed}
              onPoint={cursor.set}
            />
          ))}
        </tbody>
      </table>
      {refusals.rows.length === 0 && (
        <p className={classes.none}>No completed period has been read yet.</p>
      )}
    </section>
  );
});

type RowProps = {
  row: ThrottleRow;
  shardIds: readonly string[];
  periodSeconds: number;
  /** The head names the zone as it is called then. */
  headMs: number;
  pointed: boolean;
  onPoint: (periodStartMs: number) => void;
};

function Row({ row, shardIds, periodSeconds, headMs, pointed, onPoint }: RowProps) {
  const zone = useZone();
  return (
    <tr data-pointed={pointed || undefined} onPointerEnter={() => onPoint(row.periodStartMs)}>
      <th scope="row">{formatPeriodUnder(headMs, row.periodStartMs, periodSeconds, zone)}</th>
      <Cell value={row.total} total />
      {shardIds.map((shardId, i) => (
        <Cell key={shardId} value={row.byShard[i] ?? null} />
      ))}
      <Cell value={row.others} />
      <Cell value={row.reads} />
    </tr>
  );
}

function Cell({ value, total = false }: { value: number | null; total?: boolean }) {
  return (
    <td data-some={(value ?? 0) > 0 || undefined} data-total={total || undefined}>
      {value === null ? (
        <Unknown reason="nothing is known of this period: it was not read, or CloudWatch has no datapoint" />
      ) : (
        formatCount(value)
      )}
    </td>
  );
}
