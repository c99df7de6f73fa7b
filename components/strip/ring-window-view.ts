'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { ringParsers } from '#lib/strip/ring-url.ts';
import { windowBetween } from '#lib/strip/ring-window.ts';

/** Which part of the ring is looked at: in the URL, as the first digits of its hash keys. */
export function useRingWindow(): {
  readonly window: RingWindow;
  readonly setWindow: (window: RingWindow) => void;
} {
  const [{ ringFrom, ringTo }, set] = useQueryStates(ringParsers, { history: 'replace' });
  const window = useMemo(() => windowBetween(ringFrom, ringTo), [ringFrom, ringTo]);
  const setWindow = useCallback(
    ({ from, to }: RingWindow) =>
      void set({ ringFrom: from <= 0 ? null : from, ringTo: to >= 1 ? null : to }),
    [set],
  );
  return { window, setWindow };
}
