import { memo } from 'react';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { edgeHoles, edgeMarks } from '#lib/strip/edge-marks.ts';
import classes from './strip.module.css';

/** CSS pixels; as in strip.module.css. */
const HEIGHTS = { written: 18, plain: 10 } as const;

type StripEdgeProps = {
  /** CSS pixels of the strip: decides how many perforations there is room for. */
  width: number;
  /** Of which hash keys are written at its quarters; null for the edge without. */
  keysOf: RingWindow | null;
};

/** An edge of the film: perforations at even parts of it, hash keys at its quarters. */
export const StripEdge = memo(function StripEdge({ width, keysOf }: StripEdgeProps) {
  const written = keysOf !== null;
  const height = written ? HEIGHTS.written : HEIGHTS.plain;
  return (
    <div className={classes.edge} data-written={written || undefined} aria-hidden>
      <svg
        className={classes.holes}
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        aria-hidden
      >
        <path d={edgeHoles(width, height, written)} />
      </svg>
      {keysOf !== null &&
        edgeMarks(keysOf).map((mark) => (
          <span
            key={mark.fraction}
            className={classes.key}
            style={{ left: `${mark.fraction * 100}%` }}
            data-at={mark.fraction === 0 ? 'start' : mark.fraction === 1 ? 'end' : undefined}
            title={`Hash key ${mark.whole}`}
          >
            {mark.text}
          </span>
        ))}
    </div>
  );
});
