import { freshness, wasReadSinceFailure } from '#lib/domain/freshness.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf } from '#lib/format/count.ts';
import { formatClock, type Zone, zoneName } from '#lib/format/time.ts';
import type { LinkView } from '#lib/live/link-view.ts';
import type { ConnectionState, StreamRow } from '#lib/live/stream-row.ts';

/** `waiting`: nothing has come yet. `paused`: figures are held here, all else is well. `stale`: figures are old. `lost`: this page does not hear from its server. */
export type LinkTone = 'live' | 'paused' | 'waiting' | 'stale' | 'lost';

export type ConnectionWords = {
  readonly connection: string;
  readonly tone: Exclude<LinkTone, 'lost' | 'paused'>;
  readonly word: string;
  /** Source, region, cadence, rights. */
  readonly facts: string;
  readonly failure: string | null;
  /** Since when figures are not renewed; null while they are. */
  readonly staleSinceMs: number | null;
};

/**
 * @param nowMs on the database's clock
 * @param rows the streams of all connections: a connection that is listed, but of whose streams none has figures
 *   of now, is not live
 */
export function describeConnection(
  state: ConnectionState,
  nowMs: number,
  rows: readonly StreamRow[],
): ConnectionWords {
  const listed = describeListing(state, nowMs);
  if (listed.tone !== 'live') return listed;
  const read = rows
    .filter((row) => row.connection === state.connection)
    .map((row) => ({ row, fresh: freshness(row.collection, nowMs) }))
    .filter(({ fresh }) => fresh !== 'unknown');
  if (read.length === 0 || read.some(({ fresh }) => fresh === 'fresh')) return listed;
  const readAtMs = Math.max(...read.map(({ row }) => row.collection.collectedAtMs ?? 0));
  const renewed = read.some(({ row }) => isRenewed(row, nowMs));
  const failing = read.find(({ row }) => row.collection.failure !== null);
  return {
    ...listed,
    tone: 'stale',
    word: `figures read ${formatAge(nowMs - readAtMs)} ago`,
    failure: failing?.row.collection.failure?.message ?? null,
    staleSinceMs: renewed ? null : readAtMs,
  };
}

/** Whether figures come in time although something else about the stream cannot be read. */
function isRenewed({ collection }: StreamRow, nowMs: number): boolean {
  return (
    wasReadSinceFailure(collection) &&
    freshness({ ...collection, failure: null }, nowMs) === 'fresh'
  );
}

function describeListing(state: ConnectionState, nowMs: number): ConnectionWords {
  const { collectedAtMs, cadenceSeconds, failure } = state.collection;
  const facts = [
    state.source,
    state.region,
    `read every ${cadenceSeconds} s`,
    ...(state.readOnly ? ['read-only'] : []),
  ].join(' · ');
  const age = collectedAtMs === null ? null : formatAge(nowMs - collectedAtMs);
  const base = { connection: state.connection, facts, failure: failure?.message ?? null };
  switch (freshness(state.collection, nowMs)) {
    case 'fresh':
      return { ...base, tone: 'live', word: `read ${age} ago`, staleSinceMs: null };
    case 'stale':
      return { ...base, tone: 'stale', word: `read ${age} ago`, staleSinceMs: collectedAtMs };
    case 'unknown':
      return {
        ...base,
        tone: failure === null ? 'waiting' : 'stale',
        word: failure === null ? 'not read yet' : 'never read',
        staleSinceMs: failure?.sinceMs ?? null,
      };
  }
}

/**
 * One dot and one word for everything: the worst there is.
 * @param paused a person has the figures stand still: they are not live, however well all is read
 */
export function describeLink(
  link: LinkView,
  connections: readonly ConnectionWords[],
  nowMs: number,
  paused: boolean,
): { readonly tone: LinkTone; readonly word: string } {
  if (link.state === 'lost')
    return { tone: 'lost', word: withAge('lost', link.lostSinceMs, nowMs) };
  const stale = connections.filter((connection) => connection.tone === 'stale');
  if (link.problem !== null || stale.length > 0) {
    const oldest = stale.map((c) => c.staleSinceMs).filter((ms) => ms !== null);
    return {
      tone: 'stale',
      word: withAge('stale', oldest.length === 0 ? null : Math.min(...oldest), nowMs),
    };
  }
  if (link.state === 'connecting') return { tone: 'waiting', word: 'connecting' };
  if (connections.every((connection) => connection.tone === 'waiting')) {
    return { tone: 'waiting', word: 'waiting' };
  }
  return paused ? { tone: 'paused', word: 'paused' } : { tone: 'live', word: 'live' };
}

/** A trouble that concerns the whole page: what happened, since when, what still holds, what to do. */
export type Trouble = {
  readonly tone: 'stale' | 'lost';
  readonly what: string;
  readonly holds: string;
};

/** The trouble that the banner tells; null where there is none. A lost server hides what lies behind it. */
export function pageTrouble(
  link: LinkView,
  connections: readonly ConnectionWords[],
  zone: Zone,
): Trouble | null {
  const clock = (ms: number) => `${formatClock(ms, zone)} ${zoneName(zone, ms)}`;
  if (link.state === 'lost') {
    const since = link.lostSinceMs === null ? '' : ` since ${clock(link.lostSinceMs)}`;
    return {
      tone: 'lost',
      what: `No word from the server${since}.`,
      holds:
        'Figures are the last that came; streams go on without us. The page tries again by itself; where that takes long, see whether Kinetoscope still runs.',
    };
  }
  if (link.problem !== null) {
    return {
      tone: 'stale',
      what: link.problem,
      holds: 'Figures are the last that were stored. The page goes on by itself.',
    };
  }
  const failing = connections.filter((connection) => connection.failure !== null);
  const first = failing[0];
  if (first === undefined) return null;
  const others =
    failing.length === 1
      ? ''
      : ` ${countOf(failing.length - 1, 'other connection fails', 'other connections fail')} too.`;
  if (first.staleSinceMs === null) {
    return {
      tone: 'stale',
      what: `${first.connection} cannot be read in full: ${first.failure ?? ''}`,
      holds: `Figures are read all the same, except those of shards made meanwhile; all are marked as stale.${others}`,
    };
  }
  return {
    tone: 'stale',
    what: `${first.connection} cannot be read since ${clock(first.staleSinceMs)}: ${first.failure ?? ''}`,
    holds: `Its figures are the last that were read; they are marked as stale.${others}`,
  };
}

function withAge(word: string, sinceMs: number | null, nowMs: number): string {
  return sinceMs === null ? word : `${word} ${formatAge(nowMs - sinceMs)}`;
}
