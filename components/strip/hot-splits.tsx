import { useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { shortShardId } from '#lib/format/shard-id.ts';
import { hotShardIds } from '#lib/strip/hot-shards.ts';
import type { StripModel } from '#lib/strip/strip-model.ts';
import classes from './strip.module.css';

/** Beside those only that were hot before. */
const SHOWN_MAX = 3;

/** One click from what is hot to the plan of its split. */
export function HotSplits(props: {
  readonly model: StripModel;
  /** The hottest of all, if it is hot: it may be folded into a column with others. */
  readonly hottestId: string | null;
  readonly onSplit: (shardId: string) => void;
}) {
  const { model, hottestId, onSplit } = props;
  const alone = hotShardIds(model);
  const hot = alone.length === 0 && hottestId !== null ? [hottestId] : alone;
  // What was hot a moment ago stays: a button must not go from under the pointer, nor what is below it move.
  const [kept, setKept] = useState<readonly string[]>([]);
  const fresh = hot.filter((shardId) => !kept.includes(shardId));
  if (fresh.length > 0) setKept([...kept, ...fresh]);
  const drawn = new Set([...model.alone.values()].map(({ shard }) => shard.shardId));
  const there = [...drawn].filter((shardId) => kept.includes(shardId));
  if (hottestId !== null && kept.includes(hottestId) && !drawn.has(hottestId))
    there.push(hottestId);
  const shown = there.length > SHOWN_MAX ? there.filter((id) => hot.includes(id)) : there;
  if (shown.length === 0) return null;
  return (
    <ul className={classes.hot} aria-label="Plans for hot shards">
      {shown.map((shardId) => (
        <li key={shardId}>
          <Button
            aria-label={`Split ${shortShardId(shardId)} at the load median`}
            title={`${shardId} is hot: opens the plan of a split where its load is halved. Nothing is done before you confirm it there.`}
            onClick={() => onSplit(shardId)}
          >
            Split {shortShardId(shardId)}…
          </Button>
        </li>
      ))}
    </ul>
  );
}
