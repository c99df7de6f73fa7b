import { memo } from 'react';
import { countOf } from '#lib/format/count.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { Lineage } from '#lib/strip/lineage-ghosts.ts';
import classes from './strip.module.css';

/** Ghosts wider than this share of the ring carry their id. */
const WRITTEN_SHARE = 0.05;

/** Closed parents under the shards that came of them: the nearest generation first. */
export const StripLineage = memo(function StripLineage({ lineage }: { lineage: Lineage }) {
  if (lineage.generations === 0) return null;
  const rows = Array.from({ length: lineage.generations }, (_, i) => i + 1);
  const older =
    lineage.olderCount === 0 ? '' : `; ${countOf(lineage.olderCount, 'older one')} not drawn`;
  return (
    <div
      className={classes.lineage}
      role="img"
      aria-label={`${countOf(lineage.ghosts.length, 'closed parent shard')} below the open shards${older}`}
    >
      {rows.map((generation) => (
        <div key={generation} className={classes.generation}>
          {lineage.ghosts
            .filter((ghost) => ghost.generation === generation)
            .map((ghost) => (
              <span
                key={ghost.shardId}
                className={classes.ghost}
                title={`${ghost.shardId}, closed`}
                style={{
                  left: `${ghost.start * 100}%`,
                  width: `${(ghost.end - ghost.start) * 100}%`,
                }}
              >
                {ghost.end - ghost.start >= WRITTEN_SHARE && shortShardId(ghost.shardId)}
              </span>
            ))}
        </div>
      ))}
    </div>
  );
});
