'use client';

import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import IconPlayerPlay from '@tabler/icons-react/dist/esm/icons/IconPlayerPlay.mjs';
import { memo, useMemo } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import { RangePicker } from '#components/time/range-picker.tsx';
import { timeline } from '#lib/charts/timeline.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatDay, formatPeriod } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { rangeLengthMs, type TimeRange } from '#lib/time/time-range.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './time-bar.module.css';
import { TimelineTrack } from './timeline-track.tsx';
import type { Replay } from './use-replay.ts';
import type { HistoryView } from './use-stream-history.ts';

type TimeBarProps = {
  view: HistoryView;
  range: TimeRange;
  onRange: (range: TimeRange) => void;
  replay: Replay;
};

/** The recorded past under the strip: which part of it is shown, and where in it the strip stands. */
export const TimeBar = memo(function TimeBar({ view, range, onRange, replay }: TimeBarProps) {
  const { history } = view;
  const window = useMemo(
    () => ({ lengthMs: rangeLengthMs(range), toMs: range.kind === 'fixed' ? range.toMs : null }),
    [range],
  );
  const drawn = useMemo(
    () => (history === null ? null : timeline(history, window)),
    [history, window],
  );
  const { at, playing } = replay;
  return (
    <section
      className={classes.bar}
      aria-label="Recorded past"
      data-past={at !== null || undefined}
      // The space bar plays wherever in the bar the focus is, but on buttons, which it presses.
      onKeyDown={(event) => {
        if (event.key !== ' ' || event.target instanceof HTMLButtonElement) return;
        if (event.target instanceof HTMLInputElement && event.target.type !== 'range') return;
        event.preventDefault();
        replay.togglePlay();
      }}
    >
      <div className={classes.controls}>
        <button
          type="button"
          className={classes.play}
          onClick={replay.togglePlay}
          disabled={replay.starts.length < 2}
          aria-label={playing ? 'Stop playing' : 'Play the recorded past'}
          title={playing ? 'Stop playing (space)' : 'Play the recorded past (space)'}
        >
          {playing ? (
            <IconPlayerPause size={15} stroke={1.75} aria-hidden />
          ) : (
            <IconPlayerPlay size={15} stroke={1.75} aria-hidden />
          )}
        </button>
        <SegmentedControl
          aria-label="Speed"
          data={replay.speeds.map((speed) => ({
            value: String(speed),
            label: `${speed.toLocaleString('en-GB')}×`,
          }))}
          value={String(replay.speed)}
          onChange={(speed) => replay.setSpeed(Number(speed))}
        />
        <Shown replay={replay} />
        <RangePicker range={range} onRange={onRange} />
      </div>
      <TimelineTrack drawn={drawn} failure={view.failure} replay={replay} />
      <Legend />
    </section>
  );
});

/** What the lines of the track are; their scale is use of the tightest limit, as in the strip. */
function Legend() {
  return (
    <ul
      className={classes.legend}
      aria-label="Lines of the recorded past, by use of the tightest limit"
    >
      <li data-line="refused">refused</li>
      <li data-line="limit">limit</li>
      <li data-line="hottest">hottest shard</li>
      <li data-line="stream">whole stream</li>
    </ul>
  );
}

/** Of when the strip is, and the way back to now. */
function Shown({ replay }: { replay: Replay }) {
  const zone = useZone();
  const nowMs = useServerNow();
  const { at, buffering } = replay;
  if (at === null) {
    return (
      <p className={classes.shown}>
        Now.{' '}
        <span className={classes.quiet}>Drag the line, or play, to see the strip as it was.</span>
      </p>
    );
  }
  const endMs = at.periodStartMs + at.periodSeconds * 1_000;
  const day = formatDay(at.periodStartMs, zone);
  return (
    <p className={classes.shown}>
      <strong>
        As it was {day === formatDay(nowMs, zone) ? '' : `${day.slice(5)} `}
        {formatPeriod(at.periodStartMs, at.periodSeconds, zone)}
      </strong>
      <span className={classes.quiet}>
        {buffering ? 'reading…' : `${formatAge(nowMs - endMs)} ago`}
      </span>
      <Button onClick={replay.backToNow}>Back to now</Button>
    </p>
  );
}
