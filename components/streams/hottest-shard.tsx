import { Figure } from '#components/primitives/figure.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { UseBar } from '#components/primitives/use-bar.tsx';
import { limitAmount, limitWord } from '#lib/format/limit.ts';
import { percentQuantity } from '#lib/format/percent.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { whyNoShardFigure } from '#lib/streams/why-unknown.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './stream-table.module.css';

/** The hottest shard: how much of which limit, and which shard it is. */
export function HottestShard({ row }: { readonly row: StreamRow }) {
  const { hottest } = row;
  const zone = useZone();
  if (hottest === null) return <Unknown reason={whyNoShardFigure(row, zone)} />;
  const limit = limitWord(hottest.limit);
  return (
    <span title={`${hottest.shardId}: ${limit}, limit ${limitAmount(hottest.limit)}`}>
      <span className={classes.use}>
        <UseBar use={hottest.use} />
        <Figure quantity={percentQuantity(hottest.use)} unknown="" />
      </span>
      <span className={classes.second}>
        <span className="k-mono">{shortShardId(hottest.shardId)}</span> {limit}
      </span>
    </span>
  );
}
