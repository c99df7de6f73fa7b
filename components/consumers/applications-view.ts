'use client';

import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { turnSort } from '#components/primitives/turn-sort.ts';
import {
  APPLICATION_SORTS,
  type ApplicationArrangement,
  type ApplicationSort,
  firstDirection,
} from '#lib/consumers/arrange-applications.ts';
import { CONSUMER_KINDS } from '#lib/domain/consumers/application.ts';

const parsers = {
  q: parseAsString.withDefault(''),
  health: parseAsStringLiteral(['critical', 'warning', 'unknown', 'ok'] as const),
  kind: parseAsStringLiteral(CONSUMER_KINDS),
  sort: parseAsStringLiteral(APPLICATION_SORTS).withDefault('status'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
};

/** How a list of consumers is narrowed and ordered: in the URL, so that a view can be sent to a colleague. */
export function useApplicationsView() {
  const [{ q, health, kind, sort, dir }, set] = useQueryStates(parsers, { history: 'replace' });
  const direction = dir ?? firstDirection(sort);
  const arrangement = useMemo<ApplicationArrangement>(
    () => ({ search: q, health, kind, sort, direction }),
    [q, health, kind, sort, direction],
  );
  const onSort = useCallback(
    (next: ApplicationSort) => void set(turnSort({ sort, direction }, next, firstDirection)),
    [sort, direction, set],
  );
  const onFilter = useCallback(
    ({ search, ...rest }: Partial<Pick<ApplicationArrangement, 'search' | 'health' | 'kind'>>) =>
      void set({ ...rest, ...(search !== undefined && { q: search === '' ? null : search }) }),
    [set],
  );
  const onClear = useCallback(() => void set({ q: null, health: null, kind: null }), [set]);
  return { arrangement, onSort, onFilter, onClear };
}
