'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import { firstDirection, STREAM_SORTS, type StreamSort } from '#lib/streams/row-order.ts';

const parsers = {
  q: parseAsString.withDefault(''),
  sort: parseAsStringLiteral(STREAM_SORTS).withDefault('health'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
};

/** How the Streams page is searched and ordered: in the URL, so that a view can be sent to a colleague. */
export function useStreamsView() {
  const [{ q, sort, dir }, set] = useQueryStates(parsers, { history: 'replace' });
  const direction = dir ?? firstDirection(sort);

  const onSort = useCallback(
    (next: StreamSort) => {
      const turned = direction === 'asc' ? 'desc' : 'asc';
      const wanted = next === sort ? turned : firstDirection(next);
      void set({ sort: next, dir: wanted === firstDirection(next) ? null : wanted });
    },
    [sort, direction, set],
  );
  const onSearch = useCallback((text: string) => void set({ q: text === '' ? null : text }), [set]);

  return { search: q, sort, direction, onSort, onSearch };
}
