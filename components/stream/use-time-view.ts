'use client';

import { createParser, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import {
  fixedRange,
  RECENT_RANGES,
  type RecentRange,
  type TimeRange,
} from '#lib/time/time-range.ts';

/** An instant in the URL, in UTC to the second, as people can read and edit it: `2026-11-23T12:04:05Z`. */
const parseAsInstant = createParser<number>({
  parse(text) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? null : ms;
  },
  serialize: (ms) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z'),
});

const parsers = {
  range: parseAsStringLiteral(RECENT_RANGES).withDefault('15m'),
  since: parseAsInstant,
  until: parseAsInstant,
  at: parseAsInstant,
};

export type TimeView = {
  readonly range: TimeRange;
  readonly setRange: (range: TimeRange) => void;
  /** The instant of the past that the page shows; null for the present. */
  readonly atMs: number | null;
  readonly setAtMs: (atMs: number | null) => void;
};

/**
 * What of time a page shows: in the URL, so that a colleague sees the same, and each change of it is a step that
 * the browser goes back over.
 */
export function useTimeView(): TimeView {
  const [{ range: recent, since, until, at }, set] = useQueryStates(parsers);
  const range = useMemo<TimeRange>(
    () =>
      since !== null && until !== null && since < until
        ? fixedRange(since, until)
        : { kind: 'recent', range: recent },
    [since, until, recent],
  );
  const setRange = useCallback(
    (next: TimeRange) =>
      void set(
        next.kind === 'fixed'
          ? { range: null, since: next.fromMs, until: next.toMs }
          : { range: next.range satisfies RecentRange, since: null, until: null },
        { history: 'push' },
      ),
    [set],
  );
  // Where somebody scrubs to is no step: going back over each would never end.
  const setAtMs = useCallback(
    (atMs: number | null) => void set({ at: atMs }, { history: 'replace' }),
    [set],
  );
  return { range, setRange, atMs: at, setAtMs };
}
