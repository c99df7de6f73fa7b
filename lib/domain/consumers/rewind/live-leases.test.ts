import { expect, test } from 'vitest';
import { observe } from '#lib/domain/consumers/observe.ts';
import { at, leaseAt } from '#lib/domain/consumers/testing/story.ts';
import { THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import type { ApplicationTrack } from '#lib/domain/consumers/track.ts';
import { liveLeases } from './live-leases.ts';

const NO_SHARDS = { listedMs: at(0), shards: new Map() };

function seen(s: number, leases = [leaseAt(s)]) {
  return {
    atMs: at(s),
    throughMs: at(s),
    counterIs: 'renewals',
    leases,
    unreadable: [],
    workers: null,
  } as const;
}

/** Watched each ten seconds until the worker died at second 100. */
function watchedUntil(seconds: number): ApplicationTrack | null {
  let track: ApplicationTrack | null = null;
  for (let s = 0; s <= seconds; s += 10) {
    track = observe(track, seen(s, [leaseAt(Math.min(s, 100))]), NO_SHARDS).track;
  }
  return track;
}

test('an owner may be at work until it has not renewed for long enough', () => {
  const now = (s: number) => liveLeases(watchedUntil(110), seen(s, [leaseAt(100)]), THRESHOLDS);
  expect(now(150)).toMatchObject([{ owner: 'worker-1', quietMs: 50_000, limitMs: 60_000 }]);
  expect(now(161)).toEqual([]);
});

test('an owner that renewed since is at work, however long nobody looked', () => {
  expect(liveLeases(watchedUntil(110), seen(9_000, [leaseAt(9_000)]), THRESHOLDS)).toHaveLength(1);
});

test('where nothing was remembered every owner may be at work, and nobody else', () => {
  const done = leaseAt(0, { checkpoint: { kind: 'shard-end' } }, 1);
  const free = leaseAt(0, { owner: null }, 2);
  const found = liveLeases(null, seen(5_000, [leaseAt(100), done, free]), THRESHOLDS);
  expect(found).toMatchObject([{ shardId: leaseAt(0).shardId, quietMs: 0 }]);
});
