'use client';

import { useQueryStates } from 'nuqs';
import { useCallback, useMemo } from 'react';
import { turnSort } from '#components/primitives/turn-sort.ts';
import {
  firstShardDirection,
  type ShardArrangement,
  type ShardSort,
} from '#lib/shards/arrange-shards.ts';
import {
  SHARD_COLUMN_IDS,
  SHARD_COLUMNS_DEFAULT,
  type ShardColumnId,
} from '#lib/shards/shard-columns.ts';
import { arrangementOf, SHARDS_URL_KEYS, shardsParsers } from '#lib/shards/shards-url.ts';

/** How the shard table is searched, filtered and ordered: in the URL, beside what else the page keeps there. */
export function useShardsView() {
  const [state, set] = useQueryStates(shardsParsers, {
    history: 'replace',
    urlKeys: SHARDS_URL_KEYS,
  });
  const { search, filter, abovePercent, withClosed, withExpired, sort, dir } = state;
  const arrangement = useMemo(
    () => arrangementOf({ search, filter, abovePercent, withClosed, withExpired, sort, dir }),
    [search, filter, abovePercent, withClosed, withExpired, sort, dir],
  );
  const { direction } = arrangement;
  const columns = useMemo(() => inOrder(state.columns ?? SHARD_COLUMNS_DEFAULT), [state.columns]);

  const onSort = useCallback(
    (next: ShardSort) => void set(turnSort({ sort, direction }, next, firstShardDirection)),
    [sort, direction, set],
  );
  const onArrange = useCallback(
    (change: Partial<Pick<ShardArrangement, Filters>>) => void set(change),
    [set],
  );
  const onColumns = useCallback(
    (next: readonly ShardColumnId[] | null) =>
      void set({ columns: next === null ? null : [...next] }),
    [set],
  );
  const onReset = useCallback(
    () => void set({ search: null, filter: null, abovePercent: null }),
    [set],
  );

  return { arrangement, columns, onSort, onArrange, onColumns, onReset };
}

type Filters = 'search' | 'filter' | 'abovePercent' | 'withClosed' | 'withExpired';

export type ShardsView = ReturnType<typeof useShardsView>;

function inOrder(chosen: readonly ShardColumnId[]): readonly ShardColumnId[] {
  return SHARD_COLUMN_IDS.filter((id) => id === 'shard' || chosen.includes(id));
}
