'use client';

import IconCalendarTime from '@tabler/icons-react/dist/esm/icons/IconCalendarTime.mjs';
import dynamic from 'next/dynamic';
import { Button } from '#components/primitives/button.tsx';
import { DropPanel } from '#components/primitives/drop-panel.tsx';
import { LatePart } from '#components/primitives/late-part.tsx';
import { useServerClock } from '#lib/live/live-provider.tsx';
import { rangeWords } from '#lib/time/custom-range.ts';
import { RECENT_RANGES, rangeLengthMs, recentLabel, type TimeRange } from '#lib/time/time-range.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './range-picker.module.css';

// A calendar is more than a first look at a page needs.
const CustomRange = dynamic(() => import('./custom-range.tsx').then((m) => m.CustomRange), {
  ssr: false,
  loading: () => <div className={classes.loading} />,
});

type RangePickerProps = { range: TimeRange; onRange: (range: TimeRange) => void };

/** Which part of the past the page shows: up to now, or between two instants. */
export function RangePicker({ range, onRange }: RangePickerProps) {
  const zone = useZone();
  const serverNow = useServerClock();
  return (
    <DropPanel
      position="bottom-end"
      width={316}
      withinPage
      label="Time range"
      button={
        <Button
          className={classes.button ?? ''}
          aria-label={`Time range: ${rangeWords(range, zone)}`}
        >
          <IconCalendarTime size={14} stroke={1.75} aria-hidden />
          {rangeWords(range, zone)}
        </Button>
      }
    >
      {(close) => {
        const choose = (next: TimeRange) => {
          close();
          onRange(next);
        };
        return (
          <>
            <div className={classes.recent}>
              {RECENT_RANGES.map((recent) => (
                <button
                  key={recent}
                  type="button"
                  className={classes.choice}
                  aria-pressed={range.kind === 'recent' && range.range === recent}
                  onClick={() => choose({ kind: 'recent', range: recent })}
                >
                  {recentLabel(recent)}
                </button>
              ))}
            </div>
            <LatePart>
              <CustomRange {...boundsOf(range, serverNow())} onRange={choose} />
            </LatePart>
          </>
        );
      }}
    </DropPanel>
  );
}

function boundsOf(range: TimeRange, nowMs: number): { fromMs: number; toMs: number } {
  if (range.kind === 'fixed') return range;
  return { fromMs: nowMs - rangeLengthMs(range), toMs: nowMs };
}
