import { expect, test } from 'vitest';
import type { StreamStatus } from '#lib/domain/stream.ts';
import { chooseTagsTurns, FIRST_TURN, tagsCadenceSeconds } from './tags-turns.ts';
import { trackStream } from './tracked-stream.ts';

const stream = (streamId: number, status: StreamStatus = 'ACTIVE') =>
  trackStream(
    streamId,
    {
      streamName: `s${streamId}`,
      streamArn: `arn:aws:kinesis:us-east-1:123456789012:stream/s${streamId}`,
      createdAtMs: 0,
      status,
      mode: 'PROVISIONED',
      openShardCount: 1,
      consumerCount: 0,
      retentionHours: 24,
      encryption: 'NONE',
      shardMetrics: [],
    },
    300,
  );
const dueAt = (dueAtMs: number) => ({ ...FIRST_TURN, dueAtMs });
const nobody = new Set<string>();
const ids = (chosen: ReturnType<typeof chooseTagsTurns>) => chosen.map((s) => s.streamId);

test('new streams come before those that wait, and those before nothing that is not due', () => {
  const streams = [stream(1), stream(2), stream(3), stream(4)];
  const turns = new Map([
    [1, dueAt(90)],
    [2, dueAt(-50)],
    [3, dueAt(101)],
  ]);
  expect(ids(chooseTagsTurns(streams, turns, nobody, 100, 10))).toEqual([4, 2, 1]);
  expect(ids(chooseTagsTurns(streams, turns, nobody, 100, 1))).toEqual([4]);
});

test('what somebody has changed is next, due or not', () => {
  const streams = [stream(1), stream(2)];
  const turns = new Map([
    [1, dueAt(0)],
    [2, dueAt(9_999)],
  ]);
  expect(ids(chooseTagsTurns(streams, turns, new Set(['s2']), 100, 1))).toEqual([2]);
});

test('a stream that is being deleted is asked nothing', () => {
  expect(chooseTagsTurns([stream(1, 'DELETING')], new Map(), new Set(['s1']), 0, 10)).toEqual([]);
});

test('tags are read more rarely than figures', () => {
  expect(tagsCadenceSeconds(300)).toBe(900);
});
