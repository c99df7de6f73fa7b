import type { CollectionFailure } from '#lib/domain/freshness.ts';
import type { HealthLevel } from '#lib/domain/health.ts';
import type { StreamMode } from '#lib/domain/stream.ts';
import type { ConnectionState } from '#lib/live/stream-row.ts';
import { healthNow } from './judge-row.ts';
import { matchesSearch, matchesWords } from './match-row.ts';
import { type JudgedRow, orderRows, type SortDirection, type StreamSort } from './row-order.ts';
import type { TagsByStream } from './stream-tags.ts';
import { matchesTags, parseSearch, type SearchQuery } from './tag-query.ts';

/** A stream that is listed and cannot be described: all that is known of it is why. */
export type UnreadableStream = {
  readonly connection: string;
  readonly streamName: string;
  readonly streamArn: string | null;
  readonly failure: CollectionFailure;
};

/** A line of the Streams page. */
export type StreamEntry =
  | { readonly kind: 'stream'; readonly judged: JudgedRow }
  | { readonly kind: 'unreadable'; readonly stream: UnreadableStream };

/** What narrows the page; null: all. */
export type StreamFilter = {
  /** Words, and conditions on tags as tag-query.ts reads them. */
  readonly search: string;
  readonly health: HealthLevel | null;
  readonly mode: StreamMode | null;
  readonly connection: string | null;
};

export const NO_FILTER: StreamFilter = { search: '', health: null, mode: null, connection: null };

export function isFiltered({ search, health, mode, connection }: StreamFilter): boolean {
  return search !== '' || health !== null || mode !== null || connection !== null;
}

export function unreadableStreams(
  connections: readonly ConnectionState[],
): readonly UnreadableStream[] {
  return connections.flatMap(({ connection, unreadable }) =>
    unreadable.flatMap(({ failure, streams }) =>
      streams.map((stream) => ({ connection, failure, ...stream })),
    ),
  );
}

/** Where tags are not asked for, nothing of them needs to be known. */
const NO_TAGS: TagsByStream = new Map();

/**
 * The lines of the page, narrowed and in order. Streams that cannot be read stand with those whose health is
 * unknown where health orders, among the others where the name does, and last else: they have no figure.
 */
export function streamEntries(
  rows: readonly JudgedRow[],
  unreadable: readonly UnreadableStream[],
  filter: StreamFilter,
  sort: StreamSort,
  direction: SortDirection,
  tags = NO_TAGS,
): readonly StreamEntry[] {
  const query = parseSearch(filter.search);
  const found = rows.filter((judged) => passes(judged, filter, query, tags));
  const streams = orderRows(found, sort, direction).map(
    (judged): StreamEntry => ({ kind: 'stream', judged }),
  );
  const others = unreadable
    .filter((stream) => passesUnread(stream, filter, query))
    .sort((a, b) => compare(a.streamName, b.streamName) || compare(a.connection, b.connection))
    .map((stream): StreamEntry => ({ kind: 'unreadable', stream }));
  if (others.length === 0) return streams;
  if (sort === 'name') {
    const sign = direction === 'asc' ? 1 : -1;
    return [...streams, ...others].sort((a, b) => sign * compare(nameOf(a), nameOf(b)));
  }
  if (sort !== 'health') return [...streams, ...others];
  const worse = (entry: StreamEntry) => isWorseThanUnknown(entry) === (direction === 'desc');
  const place = streams.findIndex((entry) => !worse(entry));
  const at = place === -1 ? streams.length : place;
  return [...streams.slice(0, at), ...others, ...streams.slice(at)];
}

function passes(
  { row, fresh }: JudgedRow,
  filter: StreamFilter,
  query: SearchQuery,
  tags: TagsByStream,
): boolean {
  return (
    matchesSearch(row, query.words) &&
    matchesTags(tags.get(row.streamId)?.tags ?? null, query.tags) &&
    (filter.mode === null || row.mode === filter.mode) &&
    (filter.connection === null || row.connection === filter.connection) &&
    (filter.health === null || healthNow(row, fresh).level === filter.health)
  );
}

/** Of its mode and its tags nobody knows, so that no choice of one finds it. */
function passesUnread(stream: UnreadableStream, filter: StreamFilter, query: SearchQuery): boolean {
  return (
    matchesWords([stream.streamName, stream.connection, stream.streamArn ?? ''], query.words) &&
    query.tags.length === 0 &&
    filter.mode === null &&
    (filter.connection === null || stream.connection === filter.connection) &&
    (filter.health === null || filter.health === 'unknown')
  );
}

function isWorseThanUnknown(entry: StreamEntry): boolean {
  if (entry.kind === 'unreadable') return false;
  const { level } = healthNow(entry.judged.row, entry.judged.fresh);
  return level === 'critical' || level === 'warning';
}

function nameOf(entry: StreamEntry): string {
  return entry.kind === 'stream' ? entry.judged.row.streamName : entry.stream.streamName;
}

// Plain comparison of code units, as orderRows has it.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
