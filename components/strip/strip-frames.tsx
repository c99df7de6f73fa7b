import { memo, useId, useMemo } from 'react';
import type { ShardReading } from '#lib/strip/shard-readings.ts';
import type { StripCell } from '#lib/strip/strip-cells.ts';
import { stripPaths } from '#lib/strip/strip-paths.ts';
import classes from './strip.module.css';
import { FRAME_HEIGHT, STRIP_HEIGHTS } from './strip-heights.ts';

type StripFramesProps = {
  cells: readonly StripCell[];
  readings: readonly ShardReading[];
  /** CSS pixels that `cells` are laid out for; stretched where the box differs. */
  width: number;
};

/** All frames as a dozen paths, whatever the number of shards. */
export const StripFrames = memo(function StripFrames({ cells, readings, width }: StripFramesProps) {
  const hatchId = useId();
  const paths = useMemo(() => stripPaths(cells, readings, STRIP_HEIGHTS), [cells, readings]);
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
