import { memo, useId, useMemo } from 'react';
import type { RingCell } from '#lib/domain/ring-cells.ts';
import type { ShardMark } from '#lib/domain/shard-mark.ts';
import { stripPaths } from '#lib/strip/strip-paths.ts';
import classes from './strip.module.css';
import { FRAME_HEIGHT, STRIP_HEIGHTS } from './strip-heights.ts';

type StripFramesProps = {
  cells: readonly RingCell[];
  /** By the places that `cells` name. */
  marks: readonly ShardMark[];
  /** CSS pixels that `cells` are laid out for; stretched where the box differs. */
  width: number;
};

/** All frames as a dozen paths, whatever the number of shards. */
export const StripFrames = memo(function StripFrames({ cells, marks, width }: StripFramesProps) {
  const hatchId = useId();
  const paths = useMemo(() => stripPaths(cells, marks, STRIP_HEIGHTS), [cells, marks]);
  return (
    <svg
      className={classes.drawing}
      viewBox={`0 0 ${width} ${FRAME_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <defs>
        <pattern
          id={hatchId}
          width={6}
          height={6}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect className={classes.hatchGround} width={6} height={6} />
          <rect className={classes.hatchLine} width={2.5} height={6} />
        </pattern>
      </defs>
      <path className={classes.frameGround} d={paths.grounds} />
      {paths.fills.map(({ step, d }) => (
        <path key={step} d={d} fill={`var(--k-use-${step})`} />
      ))}
      <path d={paths.refused} fill={`url(#${hatchId})`} />
      <path className={classes.unknown} d={paths.unknown} />
      <path
        className={classes.half}
        d={`M0 ${FRAME_HEIGHT - STRIP_HEIGHTS.toLimit / 2}H${width}`}
      />
      <path className={classes.limit} d={`M0 ${STRIP_HEIGHTS.headroom}H${width}`} />
    </svg>
  );
});
