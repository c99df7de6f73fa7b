import { Unknown } from '#components/primitives/unknown.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { whyNoRate } from '#lib/streams/why-unknown.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './stream-table.module.css';

/** Records that producers were refused in the period, and under them the GetRecords calls that readers were. */
export function Throttled({ row }: { readonly row: StreamRow }) {
  const zone = useZone();
  const records = row.rates?.writeThrottledRecords ?? null;
  const calls = row.rates?.readThrottledCalls ?? null;
  return (
    <>
      {records === null ? (
        <Unknown reason={whyNoRate(row, zone)} />
      ) : (
        <span className={classes.refused} data-refused={records > 0 || undefined}>
          {formatCount(records)} <span className={classes.unit}>rec</span>
        </span>
      )}
      {calls !== null && calls > 0 && (
        <span className={classes.second}>{countOf(calls, 'read call')}</span>
      )}
    </>
  );
}
