'use client';

import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import type { StreamHistory } from '#lib/charts/stream-history.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import { frameMs, placeOf, speedsFor } from '#lib/time/replay.ts';

export type Replay = {
  /** The past period that is shown; null for the present. */
  readonly at: PeriodAt | null;
  /** Starts of the periods that can be shown, ascending, and the place of the one that is. */
  readonly starts: readonly number[];
  readonly place: number;
  readonly periodSeconds: number;
  readonly playing: boolean;
  /** Playing waits for frames. */
  readonly buffering: boolean;
  readonly speed: number;
  readonly speeds: readonly number[];
  readonly togglePlay: () => void;
  readonly setSpeed: (speed: number) => void;
  readonly goTo: (place: number) => void;
  readonly backToNow: () => void;
};

type ReplayInput = {
  readonly history: StreamHistory | null;
  /** The last period is the present: from there the page moves on with it. */
  readonly endsNow: boolean;
  /** What is shown of time, from the URL. */
  readonly atMs: number | null;
  readonly setAtMs: (atMs: number | null) => void;
  /** Whether the frame of a period is at hand, so that playing goes on to it. */
  readonly isAtHand: (at: PeriodAt) => boolean;
};

/** Where in the recorded past the page stands, and the way through it. */
export function useReplay(input: ReplayInput): Replay {
  const { history, endsNow, atMs, setAtMs, isAtHand } = input;
  const [playing, setPlaying] = useState(false);
  const [buffering, setBuffering] = useState(false);
  const [wantedSpeed, setSpeed] = useState(15);
  const periodSeconds = history?.periodSeconds ?? 0;
  const starts = useMemo(() => (history === null ? [] : wholePeriods(history)), [history]);
  const speeds = useMemo(() => speedsFor(periodSeconds), [periodSeconds]);
  const speed = speeds.includes(wantedSpeed) ? wantedSpeed : (speeds.at(-1) ?? 1);

  const last = starts.length - 1;
  const place = atMs === null || last < 0 ? Math.max(0, last) : placeOf(starts, atMs);
  const shownMs = atMs === null ? undefined : starts[place];
  const at = useMemo(
    () => (shownMs === undefined ? null : { periodStartMs: shownMs, periodSeconds }),
    [shownMs, periodSeconds],
  );

  const goTo = useCallback(
    (next: number) => {
      const isNow = endsNow && next >= starts.length - 1;
      if (isNow) setPlaying(false);
      setAtMs(isNow ? null : (starts[Math.max(0, next)] ?? null));
    },
    [starts, endsNow, setAtMs],
  );
  const backToNow = useCallback(() => {
    setPlaying(false);
    setAtMs(null);
  }, [setAtMs]);
  const togglePlay = () => {
    if (!playing && (atMs === null || place >= last)) setAtMs(starts[0] ?? null);
    setPlaying(!playing);
    setBuffering(false);
  };

  const step = useEffectEvent(() => {
    const nextMs = starts[place + 1];
    if (nextMs === undefined) {
      setPlaying(false);
      return;
    }
    const waits = !isAtHand({ periodStartMs: nextMs, periodSeconds });
    setBuffering(waits);
    if (!waits) goTo(place + 1);
  });
  useEffect(() => {
    if (!playing || periodSeconds === 0) return;
    const timer = setInterval(() => step(), frameMs(periodSeconds, speed));
    return () => clearInterval(timer);
  }, [playing, periodSeconds, speed]);

  return {
    at,
    starts,
    place,
    periodSeconds,
    playing,
    buffering: playing && buffering,
    speed,
    speeds,
    togglePlay,
    setSpeed,
    goTo,
    backToNow,
  };
}

/** Periods that were read and are over: only of these are there frames. */
function wholePeriods({ periodStartMs, stream, partialSeconds }: StreamHistory): readonly number[] {
  return periodStartMs.filter(
    (_, i) =>
      (stream.openShardCount[i] ?? null) !== null &&
      !(partialSeconds !== null && i === periodStartMs.length - 1),
  );
}
