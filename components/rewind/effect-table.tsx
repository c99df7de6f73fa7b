import { DataTable } from '#components/primitives/data-table.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatCount } from '#lib/format/count.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { RewindPreview } from '#lib/rewind/rewind-view.ts';
import { checkpointWords } from '#lib/rewind/rewind-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './rewind.module.css';

/** Lease by lease: where it is, where it will be, what is read again. */
export function EffectTable({ preview }: { readonly preview: RewindPreview }) {
  const zone = useZone();
  const { effects, leases } = preview;
  return (
    <>
      <TableBox label="Leases to be written" heightMax={240}>
        <DataTable className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Shard</th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col" data-numeric title="At least, by whole periods of metrics">
                Read again
              </th>
            </tr>
          </thead>
          <tbody>
            {effects.map(({ shardId, from, to, beginsAtMs, againRecords, againBytes }) => (
              <tr key={shardId}>
                <th scope="row" title={shardId}>
                  {shortShardId(shardId)}
                </th>
                <td className={classes.mono} title={from ?? undefined}>
                  {checkpointWords(from)}
                </td>
                <td className={classes.mono} title={to ?? undefined}>
                  {checkpointWords(to)}
                  {beginsAtMs !== null && (
                    <span className={classes.second}>{formatInstant(beginsAtMs, zone)}</span>
                  )}
                </td>
                <td data-numeric>
                  {againRecords === null ? 'not known' : `≥ ${formatCount(againRecords)}`}
                  {againBytes !== null && againBytes > 0 && (
                    <span className={classes.second}>{formatBytes(againBytes)}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </TableBox>
      {leases > effects.length && (
        <p className={classes.quiet}>
          The first {formatCount(effects.length)} of {formatCount(leases)} leases.
        </p>
      )}
    </>
  );
}
