import { memo } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { type RingWindow, WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { isWholeRing, panBy, zoomAt } from '#lib/strip/ring-window.ts';
import classes from './strip.module.css';

/** A press of a button or a key takes half of what was seen, or twice it. */
export const ZOOM_STEP = 2;
const PAN_STEP = 0.5;

type StripToolbarProps = {
  window: RingWindow;
  /** Shards in sight, and all. */
  inSight: number;
  openCount: number;
  onWindow: (window: RingWindow) => void;
};

/** What part of the ring is drawn, and the ways to another, for those without a wheel. */
export const StripToolbar = memo(function StripToolbar(props: StripToolbarProps) {
  const { window, inSight, openCount, onWindow } = props;
  const whole = isWholeRing(window);
  return (
    <fieldset className={classes.toolbar} aria-label="Zoom of the strip">
      <span className={classes.sight}>
        {whole
          ? countOf(openCount, 'open shard')
          : `${formatCount(inSight)} of ${countOf(openCount, 'open shard')} in sight`}
      </span>
      <Button
        onClick={() => onWindow(panBy(window, -PAN_STEP))}
        disabled={window.from <= 0}
        title="Towards lower hash keys (Shift ←)"
        aria-label="Move left"
      >
        ←
      </Button>
      <Button
        onClick={() => onWindow(panBy(window, PAN_STEP))}
        disabled={window.to >= 1}
        title="Towards higher hash keys (Shift →)"
        aria-label="Move right"
      >
        →
      </Button>
      <Button
        onClick={() => onWindow(zoomAt(window, 0.5, ZOOM_STEP))}
        disabled={whole}
        title="Zoom out (−)"
        aria-label="Zoom out"
      >
        −
      </Button>
      <Button
        onClick={() => onWindow(zoomAt(window, 0.5, 1 / ZOOM_STEP))}
        title="Zoom in (+). Or draw over a part of the strip, or turn the wheel with Ctrl held"
        aria-label="Zoom in"
      >
        +
      </Button>
      <Button onClick={() => onWindow(WHOLE_WINDOW)} disabled={whole} title="The whole ring (0)">
        Whole ring
      </Button>
    </fieldset>
  );
});
