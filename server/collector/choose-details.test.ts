import { expect, test } from 'vitest';
import type { StreamStatus } from '#lib/domain/stream.ts';
import { chooseDetails } from './choose-details.ts';
import { type TrackedStream, trackStream } from './tracked-stream.ts';

function stream(
  streamName: string,
  more: { status?: StreamStatus; watched?: boolean; shardsListedAtMs?: number } = {},
): TrackedStream {
  const tracked = trackStream(
    1,
    {
      streamName,
      streamArn: `arn:${streamName}`,
      createdAtMs: 0,
      status: more.status ?? 'ACTIVE',
      mode: 'PROVISIONED',
      openShardCount: 1,
      consumerCount: 0,
      retentionHours: 24,
      encryption: 'NONE',
      shardMetrics: [],
    },
    300,
  );
  tracked.watched = more.watched ?? false;
  tracked.shardsListedAtMs = more.shardsListedAtMs ?? 1;
  return tracked;
}

test('the most urgent come first, each once', () => {
  const streams = [
    stream('quiet'),
    stream('seen', { watched: true }),
    stream('moving', { status: 'UPDATING', watched: true }),
  ];
  expect(chooseDetails(streams, new Set(['young']), true)).toEqual([
    'moving',
    'seen',
    'young',
    'quiet',
  ]);
});

test('a round that does not sweep leaves the quiet ones out', () => {
  const streams = [stream('quiet'), stream('moving', { status: 'UPDATING' })];
  expect(chooseDetails(streams, new Set(['young']), false)).toEqual(['moving', 'young']);
});

test('new streams whose shards cannot be listed are tried in each sweep, and take no turn from others', () => {
  const failing = Array.from({ length: 30 }, (_, i) => stream(`f${i}`, { shardsListedAtMs: 0 }));
  for (const one of failing) {
    one.failures = { ...one.failures, details: { sinceMs: 1, message: 'denied' } };
  }
  const pending = new Set([...failing.map((s) => s.summary.streamName), 'young']);
  const streams = [...failing, stream('quiet')];
  expect(chooseDetails(streams, pending, true)).toEqual([...pending, 'quiet']);
  expect(chooseDetails(streams, pending, false)).toEqual(['young']);
});

test('of many quiet ones those are taken that wait longest, so that all get their turn', () => {
  const streams = Array.from({ length: 50 }, (_, i) =>
    stream(`s${i}`, { shardsListedAtMs: i + 1 }),
  );
  const seen = new Set<string>();
  for (let round = 1; round <= 3; round++) {
    for (const name of chooseDetails(streams, new Set(), true)) {
      seen.add(name);
      const chosen = streams.find((s) => s.summary.streamName === name);
      if (chosen !== undefined) chosen.shardsListedAtMs = 1_000 * round;
    }
  }
  expect(seen.size).toBe(50);
});

test('of those that cannot be described some are tried in each sweep, after new ones, and none between', () => {
  const forbidden = Array.from({ length: 500 }, (_, i) => `x${i}`);
  const pending = new Set([...forbidden, 'young']);
  const chosen = chooseDetails([stream('quiet')], pending, true, forbidden);
  expect(chosen).toEqual(['young', ...forbidden.slice(0, 20), 'quiet']);
  expect(chooseDetails([], pending, false, forbidden)).toEqual(['young']);
});
