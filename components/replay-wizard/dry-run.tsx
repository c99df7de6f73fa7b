'use client';

import { DataTable } from '#components/primitives/data-table.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { PlannedStrip } from '#components/reshard/planned-strip.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatShare, formatUse } from '#lib/format/percent.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { PlanView } from '#lib/replay/view/plan.ts';
import { plannedShards } from '#lib/replay/wizard/planned-shards.ts';
import { busiestUse, targetStrip, writeUse } from '#lib/replay/wizard/target-strip.ts';
import classes from './replay-wizard.module.css';

/** Where the sample would go, shard by shard of the target: nothing was written. */
export function DryRun({ plan }: { readonly plan: PlanView }) {
  const shards = plannedShards(plan);
  const { shardCount } = plan.target;
  const isWhole = shards.length === shardCount;
  return (
    <section className={classes.part} aria-labelledby="replay-dry-run">
      <h3 id="replay-dry-run" className={classes.subtitle}>
        Dry run: where the records go
      </h3>
      {isWhole && (
        <PlannedStrip
          label="Live traffic and the replay together"
          cells={targetStrip(shards)}
          shardCount={shardCount}
          busiestUse={busiestUse(shards)}
        />
      )}
      <TableBox label="Shards of the target" heightMax={280}>
        <DataTable widthMin={420}>
          <thead>
            <tr>
              <th scope="col">Shard</th>
              <th scope="col" data-numeric title="Of the records that are sent, by the sample">
                Share
              </th>
              <th scope="col" data-numeric title="Of its tighter write limit">
                Live traffic
              </th>
              <th
                scope="col"
                data-numeric
                title="Live traffic and the replay, on average over the time that it takes"
              >
                With the replay
              </th>
            </tr>
          </thead>
          <tbody>
            {shards.map(({ shardId, recordShare, live, rates }) => (
              <tr key={shardId}>
                <th scope="row" title={shardId}>
                  {shortShardId(shardId)}
                </th>
                <td data-numeric>{formatShare(recordShare)}</td>
                <td data-numeric>
                  {live === null ? (
                    <Unknown reason="live traffic was not known when it was planned" />
                  ) : (
                    formatUse(writeUse(live))
                  )}
                </td>
                <td data-numeric>
                  {rates === null ? (
                    <Unknown reason="live traffic or the duration is not known" />
                  ) : (
                    formatUse(writeUse(rates))
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      </TableBox>
      {!isWhole && (
        <Quiet>
          {countOf(shards.length, 'shard')} that get most, of {formatCount(shardCount)}.
        </Quiet>
      )}
    </section>
  );
}
