'use client';

import { timeTicks, timeTickTexts } from '#lib/charts/time-ticks.ts';
import { TIMELINE_BOX, type Timeline } from '#lib/charts/timeline.ts';
import { formatPeriod } from '#lib/format/time.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './time-bar.module.css';
import type { Replay } from './use-replay.ts';

const TICKS_MAX = 9;

type TimelineTrackProps = {
  /** null until the history has been read. */
  drawn: Timeline | null;
  failure: string | null;
  replay: Replay;
};

/** The past in small with the place that is shown: a slider over periods, by pointer and by keyboard. */
export function TimelineTrack({ drawn, failure, replay }: TimelineTrackProps) {
  const zone = useZone();
  const { starts, place, at, periodSeconds } = replay;
  const last = starts.length - 1;
  if (drawn === null || last < 0) {
    return (
      <div className={classes.track} data-empty>
        <p>
          {failure !== null
            ? `The history could not be read: ${failure}`
            : drawn === null
              ? 'Reading the history…'
              : 'No period has been read in this time.'}
        </p>
      </div>
    );
  }
  const share = (ms: number) => (ms - drawn.fromMs) / (drawn.toMs - drawn.fromMs);
  const ticks = timeTicks(drawn.fromMs, drawn.toMs, zone, TICKS_MAX);
  const texts = timeTickTexts(ticks, zone);
  const shownMs = starts[place] ?? drawn.toMs;
  return (
    <div className={classes.track}>
      <div className={classes.plot}>
        <svg
          className={classes.drawing}
          viewBox={`0 0 ${TIMELINE_BOX.width} ${TIMELINE_BOX.height}`}
          preserveAspectRatio="none"
          aria-hidden
        >
          <path className={classes.area} d={drawn.stream} />
          <path className={classes.hottest} d={drawn.hottest} />
          <path className={classes.limit} d={`M0 ${drawn.limitY}H${TIMELINE_BOX.width}`} />
          <path className={classes.refused} d={drawn.throttled} />
        </svg>
        {at !== null && (
          <span
            className={classes.head}
            style={{ insetInlineStart: `${clampPercent(share(shownMs + periodSeconds * 500))}%` }}
            aria-hidden
          />
        )}
        <input
          type="range"
          className={classes.slider}
          aria-label="Period that the strip shows"
          aria-description="Arrow keys go period by period, the space bar plays, End goes back to now."
          aria-valuetext={
            at === null ? 'now' : formatPeriod(at.periodStartMs, at.periodSeconds, zone)
          }
          style={{
            insetInlineStart: `${clampPercent(share(starts[0] ?? drawn.fromMs))}%`,
            insetInlineEnd: `${100 - clampPercent(share((starts[last] ?? 0) + periodSeconds * 1_000))}%`,
          }}
          min={0}
          max={last}
          value={place}
          onChange={(event) => replay.goTo(Number(event.currentTarget.value))}
        />
      </div>
      <div className={classes.ticks} aria-hidden>
        {ticks.map((ms, i) => (
          // At the edges beside its instant rather than cut off.
          <span
            key={ms}
            style={{ insetInlineStart: `clamp(2em, ${share(ms) * 100}%, calc(100% - 2em))` }}
          >
            {texts[i]}
          </span>
        ))}
      </div>
    </div>
  );
}

function clampPercent(share: number): number {
  return Math.min(100, Math.max(0, share * 100));
}
