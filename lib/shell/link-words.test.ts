import { describe, expect, test } from 'vitest';
import type { CollectionState } from '#lib/domain/freshness.ts';
import type { LinkView } from '#lib/live/link-view.ts';
import type { ConnectionState, StreamRow } from '#lib/live/stream-row.ts';
import { streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import { describeConnection, describeLink, pageTrouble } from './link-words.ts';

const now = Date.UTC(2026, 10, 23, 12, 0, 0);
const live: LinkView = { state: 'live', problem: null, lostSinceMs: null };
const lost: LinkView = { state: 'lost', problem: null, lostSinceMs: now - 12_000 };

function connectionOf(collection: Partial<CollectionState> = {}, name = 'demo'): ConnectionState {
  return {
    connection: name,
    region: 'eu-west-1',
    source: 'embedded world',
    readOnly: false,
    collection: { collectedAtMs: now - 3_000, cadenceSeconds: 5, failure: null, ...collection },
    unreadable: [],
  };
}

const words = (...states: ConnectionState[]) => states.map((s) => describeConnection(s, now, []));
const failure = { sinceMs: now - 40_000, message: 'The endpoint refused the call. Is it running?' };

describe('describeConnection', () => {
  test('tells source, region, cadence and age', () => {
    expect(describeConnection({ ...connectionOf(), readOnly: true }, now, [])).toEqual({
      connection: 'demo',
      tone: 'live',
      word: 'read 3 s ago',
      facts: 'embedded world · eu-west-1 · read every 5 s · read-only',
      failure: null,
      staleSinceMs: null,
    });
  });

  test.each([
    ['older than two cadences', { collectedAtMs: now - 10_001 }, 'stale'],
    ['a failure', { failure }, 'stale'],
    ['nothing yet', { collectedAtMs: null }, 'waiting'],
    ['a failure before anything', { collectedAtMs: null, failure }, 'stale'],
  ] as const)('%s', (_, collection, tone) => {
    expect(describeConnection(connectionOf(collection), now, []).tone).toBe(tone);
  });
});

describe('describeConnection with streams', () => {
  const streamOf = (collection: Partial<CollectionState>, connection = 'demo'): StreamRow =>
    streamRowOf({
      connection,
      collection: { collectedAtMs: now - 3_000, cadenceSeconds: 5, failure: null, ...collection },
    });
  const old = { collectedAtMs: now - 30_000 };

  test('is stale where it is listed, but no stream has figures of now, and says why', () => {
    expect(describeConnection(connectionOf(), now, [streamOf({ ...old, failure })])).toMatchObject({
      tone: 'stale',
      word: 'figures read 30 s ago',
      failure: failure.message,
      staleSinceMs: now - 30_000,
    });
  });

  test('tells figures that are renewed while something else fails from figures that are not', () => {
    const longSince = { failure: { ...failure, sinceMs: now - 60_000 } };
    const inPart = describeConnection(connectionOf(), now, [streamOf(longSince)]);
    expect(inPart).toMatchObject({
      tone: 'stale',
      word: 'figures read 3 s ago',
      staleSinceMs: null,
    });
    expect(pageTrouble(live, [inPart], 'UTC')).toMatchObject({
      what: `demo cannot be read in full: ${failure.message}`,
      holds: expect.stringContaining('Figures are read all the same'),
    });
    const notAtAll = describeConnection(connectionOf(), now, [streamOf({ ...longSince, ...old })]);
    expect(pageTrouble(live, [notAtAll], 'UTC')?.what).toContain(
      'cannot be read since 11:59:30 UTC',
    );
    expect(pageTrouble(live, [notAtAll], 'Asia/Kolkata')?.what).toContain(
      'cannot be read since 17:29:30 GMT+5:30',
    );
  });

  test.each([
    ['one stream is of now', [streamOf(old), streamOf({})]],
    ['the old one is of another connection', [streamOf(old, 'prod')]],
    ['nothing has been read of any stream', [streamOf({ collectedAtMs: null, failure })]],
  ])('stays live where %s', (_, rows) => {
    expect(describeConnection(connectionOf(), now, rows).tone).toBe('live');
  });
});

describe('describeLink', () => {
  test.each([
    ['live', live, words(connectionOf()), { tone: 'live', word: 'live' }],
    ['lost', lost, words(connectionOf()), { tone: 'lost', word: 'lost 12 s' }],
    [
      'the oldest of two stale connections',
      live,
      words(
        connectionOf({ collectedAtMs: now - 34_000 }, 'a'),
        connectionOf({ collectedAtMs: now - 70_000 }, 'b'),
      ),
      { tone: 'stale', word: 'stale 1 min 10 s' },
    ],
    [
      'a server without its store',
      { ...live, problem: 'The database does not answer.' },
      words(connectionOf()),
      { tone: 'stale', word: 'stale' },
    ],
    ['no connection yet', live, [], { tone: 'waiting', word: 'waiting' }],
    [
      'before the first event',
      { ...live, state: 'connecting' },
      words(connectionOf()),
      { tone: 'waiting', word: 'connecting' },
    ],
  ] as const)('%s', (_, link, connections, expected) => {
    expect(describeLink(link, connections, now, false)).toEqual(expected);
  });
});

test('figures that stand still are not called live, and trouble is told all the same', () => {
  expect(describeLink(live, words(connectionOf()), now, true)).toEqual({
    tone: 'paused',
    word: 'paused',
  });
  expect(describeLink(lost, words(connectionOf()), now, true).tone).toBe('lost');
  const old = connectionOf({ collectedAtMs: now - 34_000 });
  expect(describeLink(live, words(old), now, true).tone).toBe('stale');
});

describe('pageTrouble', () => {
  test('none while all is well, nor while a connection is merely slow', () => {
    expect(
      pageTrouble(live, words(connectionOf({ collectedAtMs: now - 60_000 })), 'UTC'),
    ).toBeNull();
  });

  test('a lost server hides what lies behind it', () => {
    const trouble = pageTrouble(lost, words(connectionOf({ failure })), 'UTC');
    expect(trouble?.what).toBe('No word from the server since 11:59:48 UTC.');
  });

  test('names a connection that cannot be read, since when and why, and counts the others', () => {
    const trouble = pageTrouble(
      live,
      words(connectionOf({ failure }), connectionOf({ failure }, 'prod')),
      'UTC',
    );
    expect(trouble?.what).toBe(`demo cannot be read since 11:59:57 UTC: ${failure.message}`);
    expect(trouble?.holds).toContain('1 other connection fails too.');
  });
});
