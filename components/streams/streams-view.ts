'use client';

import { parseAsArrayOf, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { turnSort } from '#components/primitives/turn-sort.ts';
import { firstDirection, STREAM_SORTS, type StreamSort } from '#lib/streams/row-order.ts';
import {
  DEFAULT_COLUMNS,
  STREAM_COLUMNS,
  type StreamColumn,
  sameColumns,
  shownColumns,
} from '#lib/streams/stream-columns.ts';
import type { StreamFilter } from '#lib/streams/stream-entries.ts';

const parsers = {
  q: parseAsString.withDefault(''),
  health: parseAsStringLiteral(['critical', 'warning', 'unknown', 'ok'] as const),
  mode: parseAsStringLiteral(['PROVISIONED', 'ON_DEMAND'] as const),
  connection: parseAsString,
  sort: parseAsStringLiteral(STREAM_SORTS).withDefault('health'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
  columns: parseAsArrayOf(parseAsStringLiteral(STREAM_COLUMNS)),
};

/** Where this browser keeps its choice of columns. */
const COLUMNS_KEY = 'kinetoscope.streams.columns';

/**
 * How the Streams page is narrowed and ordered, and what it shows: in the URL, so that a view can be sent to a
 * colleague. The columns are kept by the browser too; those of the URL go before.
 */
export function useStreamsView() {
  const [{ q, health, mode, connection, sort, dir, columns: asked }, set] = useQueryStates(
    parsers,
    { history: 'replace' },
  );
  const direction = dir ?? firstDirection(sort);
  const filter = useMemo<StreamFilter>(
    () => ({ search: q, health, mode, connection }),
    [q, health, mode, connection],
  );

  // The server knows nothing of what the browser keeps: the first drawing is with the columns of all.
  const [kept, setKept] = useState<readonly StreamColumn[]>(DEFAULT_COLUMNS);
  useEffect(() => setKept(readKeptColumns()), []);
  const columns = useMemo(() => (asked === null ? kept : shownColumns(asked)), [asked, kept]);

  const onSort = useCallback(
    (next: StreamSort) => void set(turnSort({ sort, direction }, next, firstDirection)),
    [sort, direction, set],
  );
  const onFilter = useCallback(
    ({ search, ...rest }: Partial<StreamFilter>) =>
      void set({ ...rest, ...(search !== undefined && { q: search === '' ? null : search }) }),
    [set],
  );
  const onClear = useCallback(
    () => void set({ q: null, health: null, mode: null, connection: null }),
    [set],
  );
  const onColumns = useCallback(
    (chosen: readonly StreamColumn[]) => {
      const next = shownColumns(chosen);
      setKept(next);
      keepColumns(next);
      void set({ columns: sameColumns(next, DEFAULT_COLUMNS) ? null : [...next] });
    },
    [set],
  );

  return { filter, sort, direction, columns, onSort, onFilter, onClear, onColumns };
}

function readKeptColumns(): readonly StreamColumn[] {
  try {
    const text = localStorage.getItem(COLUMNS_KEY);
    return text === null ? DEFAULT_COLUMNS : shownColumns(text.split(','));
  } catch {
    // A browser may forbid storage: then the choice lives as long as the page.
    return DEFAULT_COLUMNS;
  }
}

function keepColumns(columns: readonly StreamColumn[]): void {
  try {
    if (sameColumns(columns, DEFAULT_COLUMNS)) localStorage.removeItem(COLUMNS_KEY);
    else localStorage.setItem(COLUMNS_KEY, columns.join(','));
  } catch {
    // As above.
  }
}
