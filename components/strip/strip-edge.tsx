import { memo } from 'react';
import { edgeMarks } from '#lib/strip/edge-marks.ts';
import classes from './strip.module.css';

type StripEdgeProps = {
  /** CSS pixels of the strip: decides how many perforations there is room for. */
  width: number;
  /** True of the edge that carries the hash keys. */
  written: boolean;
};

/** An edge of the film: perforations at even parts of the ring, hash keys at its quarters. */
export const StripEdge = memo(function StripEdge({ width, written }: StripEdgeProps) {
  return (
    <div className={classes.edge} data-written={written || undefined} aria-hidden>
      {edgeMarks(width).map((mark) => (
        <span
          key={mark.whole}
          className={written && mark.text !== null ? classes.key : classes.hole}
          style={{ left: `${mark.fraction * 100}%` }}
          data-at={mark.fraction === 0 ? 'start' : mark.fraction === 1 ? 'end' : undefined}
          title={written && mark.text !== null ? `Hash key ${mark.whole}` : undefined}
        >
          {written ? mark.text : null}
        </span>
      ))}
    </div>
  );
});
