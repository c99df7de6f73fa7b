import { DataTable } from '#components/primitives/data-table.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { UseBar } from '#components/primitives/use-bar.tsx';
import { PlannedStrip } from '#components/reshard/planned-strip.tsx';
import { hashKey } from '#lib/domain/hash-key.ts';
import { formatCount } from '#lib/format/count.ts';
import { shortHashKey } from '#lib/format/hash-key.ts';
import { formatUse } from '#lib/format/percent.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { ShardUseView, UseWatchView } from '#lib/reshard/watch-view.ts';
import { useWords } from '#lib/reshard/watch-words.ts';
import classes from './operations-page.module.css';

/** What each shard was to take, and what it takes: both layouts one above the other, and the figures. */
export function UseWatch({ use }: { readonly use: UseWatchView }) {
  const { busiest, shardCount, shards, basis } = use;
  return (
    <>
      <h3 className={classes.heading}>Predicted and actual use</h3>
      <p>{useWords(use)} CloudWatch, use of the tighter write limit of each shard.</p>
      <div className={classes.strips}>
        <Quiet as="span">Predicted</Quiet>
        <PlannedStrip
          label={basis === null ? 'Predicted use, which was not kept' : 'Predicted use'}
          cells={use.predicted}
          shardCount={shardCount}
          busiestUse={busiest.predicted}
        />
        <Quiet as="span">Actual</Quiet>
        <PlannedStrip
          label="Use since its end"
          cells={use.actual}
          shardCount={shardCount}
          busiestUse={busiest.actual}
        />
      </div>
      <TableBox label="Predicted and actual use by shard">
        <DataTable className={classes.table} widthMin={560}>
          <thead>
            <tr>
              <th scope="col">Shard</th>
              <th scope="col">Hash keys from</th>
              <th scope="col" data-numeric>
                Predicted
              </th>
              <th scope="col" data-numeric>
                Actual
              </th>
              <th scope="col" data-numeric title="Since the end of the reshard">
                Refused records
              </th>
            </tr>
          </thead>
          <tbody>
            {shards.map((shard) => (
              <UseRow key={shard.startingHashKey} shard={shard} />
            ))}
          </tbody>
        </DataTable>
      </TableBox>
      {shardCount > shards.length && (
        <Quiet>
          The {formatCount(shards.length)} busiest of {formatCount(shardCount)}.
        </Quiet>
      )}
    </>
  );
}

function UseRow({ shard }: { readonly shard: ShardUseView }) {
  const { shardId, startingHashKey, predictedUse, actualUse, throttledRecords } = shard;
  return (
    <tr>
      <th scope="row" title={shardId ?? undefined}>
        {shardId === null ? <Unknown reason="it has not been listed yet" /> : shortShardId(shardId)}
      </th>
      <td className={classes.mono} title={startingHashKey}>
        {shortHashKey(hashKey(BigInt(startingHashKey)))}
      </td>
      <UseCell
        use={predictedUse}
        reason="what was predicted was not kept, or its load was unknown"
      />
      <UseCell use={actualUse} reason="no whole period of it has been read" />
      <td data-numeric>
        {throttledRecords === null ? (
          <Unknown reason="no whole period of it has been read" />
        ) : (
          formatCount(throttledRecords)
        )}
      </td>
    </tr>
  );
}

function UseCell({ use, reason }: { readonly use: number | null; readonly reason: string }) {
  return (
    <td data-numeric>
      {use === null ? (
        <Unknown reason={reason} />
      ) : (
        <>
          <UseBar use={use} /> {formatUse(use)}
        </>
      )}
    </td>
  );
}
