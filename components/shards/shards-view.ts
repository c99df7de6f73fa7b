'use client';

import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useCallback } from 'react';
import {
  firstShardDirection,
  SHARD_FILTERS,
  SHARD_SORTS,
  type ShardFilter,
  type ShardSort,
} from '#lib/shards/arrange-shards.ts';

const parsers = {
  search: parseAsString.withDefault(''),
  filter: parseAsStringLiteral(SHARD_FILTERS).withDefault('all'),
  withClosed: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(SHARD_SORTS).withDefault('range'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
};

/** How the shard table is searched, filtered and ordered: in the URL, beside what else the page keeps there. */
export function useShardsView() {
  const [state, set] = useQueryStates(parsers, {
    history: 'replace',
    urlKeys: { search: 'q', filter: 'only', withClosed: 'closed' },
  });
  const { search, filter, withClosed, sort } = state;
  const direction = state.dir ?? firstShardDirection(sort);

  const onSort = useCallback(
    (next: ShardSort) => {
      const turned = direction === 'asc' ? 'desc' : 'asc';
      const wanted = next === sort ? turned : firstShardDirection(next);
      void set({ sort: next, dir: wanted === firstShardDirection(next) ? null : wanted });
    },
    [sort, direction, set],
  );
  const onSearch = useCallback(
    (text: string) => void set({ search: text === '' ? null : text }),
    [set],
  );
  const onFilter = useCallback((next: ShardFilter) => void set({ filter: next }), [set]);
  const onWithClosed = useCallback((next: boolean) => void set({ withClosed: next }), [set]);
  const onReset = useCallback(() => void set({ search: null, filter: null }), [set]);

  return {
    search,
    filter,
    withClosed,
    sort,
    direction,
    onSort,
    onSearch,
    onFilter,
    onWithClosed,
    onReset,
  };
}

export type ShardsView = ReturnType<typeof useShardsView>;
