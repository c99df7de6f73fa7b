import { shortShardId } from '#lib/format/shard-id.ts';
import classes from './shard-button.module.css';

/** A shard's id, by which it is chosen; short, where there is little room. */
export function ShardButton(props: {
  readonly shardId: string;
  readonly whole?: boolean;
  readonly onSelect: (shardId: string) => void;
}) {
  const { shardId, onSelect } = props;
  const short = shortShardId(shardId);
  return (
    <button
      type="button"
      className={classes.button}
      // Whoever speaks to the page says what is written.
      aria-label={props.whole ? `Choose ${shardId}` : `Choose ${shardId}, ${short}`}
      onClick={() => onSelect(shardId)}
    >
      {props.whole ? shardId : short}
    </button>
  );
}
