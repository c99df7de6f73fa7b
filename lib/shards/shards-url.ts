import {
  parseAsArrayOf,
  parseAsBoolean,
  parseAsFloat,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server';
import {
  firstShardDirection,
  SHARD_FILTERS,
  SHARD_SORTS,
  type ShardArrangement,
} from './arrange-shards.ts';
import { SHARD_COLUMN_IDS } from './shard-columns.ts';

/** What the shard table keeps in the URL; read on both sides, so that the first page has the rows that are wanted. */
export const shardsParsers = {
  search: parseAsString.withDefault(''),
  filter: parseAsStringLiteral(SHARD_FILTERS).withDefault('all'),
  abovePercent: parseAsFloat,
  withClosed: parseAsBoolean.withDefault(false),
  withExpired: parseAsBoolean.withDefault(false),
  sort: parseAsStringLiteral(SHARD_SORTS).withDefault('range'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
  columns: parseAsArrayOf(parseAsStringLiteral(SHARD_COLUMN_IDS)),
};

export const SHARDS_URL_KEYS = {
  search: 'q',
  filter: 'only',
  abovePercent: 'above',
  withClosed: 'closed',
  withExpired: 'expired',
  columns: 'cols',
} as const;

type ShardsUrl = Omit<ShardArrangement, 'direction'> & { readonly dir: 'asc' | 'desc' | null };

/** Keys in one order always: equal arrangements are equal as text. */
export function arrangementOf(state: ShardsUrl): ShardArrangement {
  const { search, filter, abovePercent, withClosed, withExpired, sort, dir } = state;
  const direction = dir ?? firstShardDirection(sort);
  return { search, filter, abovePercent, withClosed, withExpired, sort, direction };
}
