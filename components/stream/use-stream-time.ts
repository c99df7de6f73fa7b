'use client';

import { useCallback, useMemo } from 'react';
import { useRingWindow } from '#components/strip/ring-window-view.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import { usePause, useServerClock } from '#lib/live/live-provider.tsx';
import { type Pulse, periodAt } from '#lib/live/pulse.ts';
import type { FrameHead } from '#lib/live/stream-detail.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { fixedRange, type TimeRange } from '#lib/time/time-range.ts';
import { type Replay, useReplay } from './use-replay.ts';
import { useRingsAhead } from './use-rings-ahead.ts';
import { type HistoryView, useStreamHistory } from './use-stream-history.ts';
import { useTimeView } from './use-time-view.ts';

export type StreamTime = {
  readonly range: TimeRange;
  readonly setRange: (range: TimeRange) => void;
  /** Asks for a part of the range, or for more than it, epoch milliseconds. */
  readonly showSpan: (fromMs: number, toMs: number) => void;
  readonly history: HistoryView;
  readonly replay: Replay;
  /** The period that strip and table show: one of the past, or the one that a pause holds; null for the newest. */
  readonly at: PeriodAt | null;
};

/** All that the page of a stream knows of time. */
export function useStreamTime(row: StreamRow, pulse: Pulse, frame: FrameHead | null): StreamTime {
  const { range, setRange, atMs, setAtMs } = useTimeView();
  const { window } = useRingWindow();
  const serverNow = useServerClock();
  const paused = usePause().pausedAtMs !== null;
  const history = useStreamHistory({
    streamId: row.streamId,
    range,
    newestEndMs: row.period === null ? null : row.period.startMs + row.period.seconds * 1_000,
    topologyId: pulse.topologyId,
    hasShardFigures: row.hottest !== null,
  });
  const showSpan = useCallback(
    (fromMs: number, toMs: number) => setRange(fixedRange(fromMs, Math.min(toMs, serverNow()))),
    [setRange, serverNow],
  );

  const isAtHand = useRingsAhead({
    pulse,
    at: useMemo(
      () => pastPeriod(history.history?.periodSeconds ?? null, atMs),
      [history.history?.periodSeconds, atMs],
    ),
    window,
  });
  const replay = useReplay({
    history: history.history,
    endsNow: range.kind === 'recent',
    atMs,
    setAtMs,
    isAtHand,
  });
  const held = useMemo(() => (paused && frame !== null ? periodAt(frame) : null), [paused, frame]);
  return { range, setRange, showSpan, history, replay, at: replay.at ?? held };
}

/** The period that an instant lies in; null while it is not known how long periods are. */
function pastPeriod(periodSeconds: number | null, atMs: number | null): PeriodAt | null {
  if (periodSeconds === null || periodSeconds === 0 || atMs === null) return null;
  const periodMs = periodSeconds * 1_000;
  return { periodStartMs: Math.floor(atMs / periodMs) * periodMs, periodSeconds };
}
