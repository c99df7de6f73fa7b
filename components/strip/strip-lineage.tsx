import { memo } from 'react';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { countOf } from '#lib/format/count.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import type { RingGeometry, RingGhost } from '#lib/live/ring-map.ts';
import classes from './strip.module.css';

/** Ghosts wider than this share of the window carry their id or their number. */
const WRITTEN_SHARE = 0.05;

type StripLineageProps = {
  geometry: RingGeometry;
  /** The window that the geometry is of. */
  seen: RingWindow;
  /** The window that is drawn. */
  drawn: RingWindow;
};

/** Closed parents under the shards that came of them: the nearest generation first. */
export const StripLineage = memo(function StripLineage(props: StripLineageProps) {
  const { geometry, seen, drawn } = props;
  const { ghosts, olderCount } = geometry;
  const generations = Math.max(0, ...ghosts.map((ghost) => ghost.generation));
  if (generations === 0) return null;
  const count = ghosts.reduce((sum, ghost) => sum + ghost.count, 0);
  const older = olderCount === 0 ? '' : `; ${countOf(olderCount, 'older one')} not drawn`;
  const rows = Array.from({ length: generations }, (_, i) => i + 1);
  const span = drawn.to - drawn.from;
  const at = (share: number) =>
    ((seen.from + share * (seen.to - seen.from) - drawn.from) / span) * 100;
  return (
    <div
      className={classes.lineage}
      role="img"
      aria-label={`${countOf(count, 'closed parent shard')} below the open shards${older}`}
    >
      {rows.map((generation) => (
        <div key={generation} className={classes.generation}>
          {ghosts
            .filter((ghost) => ghost.generation === generation)
            .map((ghost) => (
              <span
                key={ghost.start}
                className={classes.ghost}
                data-many={ghost.count > 1 || undefined}
                title={words(ghost)}
                style={{
                  left: `${at(ghost.start)}%`,
                  width: `${at(ghost.end) - at(ghost.start)}%`,
                }}
              >
                {ghost.end - ghost.start >= WRITTEN_SHARE && label(ghost)}
              </span>
            ))}
        </div>
      ))}
    </div>
  );
});

function words({ shardId, count }: RingGhost): string {
  return shardId === null
    ? `${countOf(count, 'closed shard')}; from near, each is one of them`
    : `${shardId}, closed`;
}

function label({ shardId, count }: RingGhost): string {
  return shardId === null ? countOf(count, 'closed shard') : shortShardId(shardId);
}
