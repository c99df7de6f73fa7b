import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrameDraft } from './align-frames.ts';
import { emptyShardValues, emptyStreamValues, shardValueIndex } from './frame.ts';
import { combineStreamValues, periodStart, renew, rollUp, tiersOf } from './roll-up.ts';
import { STREAM_METRICS } from './shard-metric.ts';

const BYTES = STREAM_METRICS.indexOf('IncomingBytes');
const LATENCY_SUM = STREAM_METRICS.indexOf('PutRecords.Latency:Sum');
const LATENCY_COUNT = STREAM_METRICS.indexOf('PutRecords.Latency:SampleCount');
const AGE = STREAM_METRICS.indexOf('GetRecords.IteratorAgeMilliseconds');

function draft(periodStartMs: number, more: Partial<FrameDraft> = {}): FrameDraft {
  return {
    periodStartMs,
    periodSeconds: 5,
    topologyId: 1,
    stream: emptyStreamValues(),
    shards: emptyShardValues(2),
    ...more,
  };
}

function streamFrame(periodStartMs: number, bytes: number, ageMs: number, topologyId = 1) {
  const stream = emptyStreamValues();
  stream[BYTES] = bytes;
  stream[AGE] = ageMs;
  return draft(periodStartMs, { stream, topologyId });
}

describe('tiersOf', () => {
  test.each([
    [5, [5, 60, 300, 900, 3600]],
    [1, [1, 60, 300, 900, 3600]],
    [60, [60, 300, 900, 3600]],
    [7, [7]],
  ])('a base of %i s goes through %j', (base, periods) => {
    expect(tiersOf(base).map((tier) => tier.periodSeconds)).toEqual(periods);
  });

  test('keeps a coarser tier for longer', () => {
    const kept = tiersOf(5).map((tier) => tier.keepMs);
    expect(kept).toEqual(kept.toSorted((a, b) => a - b));
  });
});

describe('rollUp', () => {
  test('adds sums, takes the highest age, and lets the unknown give way', () => {
    const [frame] = rollUp(
      [
        streamFrame(0, 10, 500),
        streamFrame(5_000, Number.NaN, 900),
        streamFrame(10_000, 7, Number.NaN),
      ],
      60,
    );
    expect(frame).toMatchObject({ periodStartMs: 0, periodSeconds: 60, topologyId: 1 });
    expect(frame?.stream[BYTES]).toBe(17);
    expect(frame?.stream[AGE]).toBe(900);
    expect(frame?.shards.every(Number.isNaN)).toBe(true);
  });

  test('combines shards in place by the statistic of each metric', () => {
    const shards = (records: number, ageMs: number) => {
      const values = emptyShardValues(2);
      values[shardValueIndex('IncomingRecords', 1, 2)] = records;
      values[shardValueIndex('IteratorAgeMilliseconds', 1, 2)] = ageMs;
      return values;
    };
    const [frame] = rollUp(
      [draft(0, { shards: shards(3, 70) }), draft(5_000, { shards: shards(4, 60) })],
      60,
    );
    expect(frame?.shards[shardValueIndex('IncomingRecords', 1, 2)]).toBe(7);
    expect(frame?.shards[shardValueIndex('IteratorAgeMilliseconds', 1, 2)]).toBe(70);
    expect(frame?.shards[shardValueIndex('IncomingRecords', 0, 2)]).toBeNaN();
  });

  test('keeps topologies and periods apart', () => {
    const rolled = rollUp(
      [streamFrame(55_000, 1, 0), streamFrame(55_000, 2, 0, 2), streamFrame(60_000, 4, 0)],
      60,
    );
    expect(rolled.map((f) => [f.periodStartMs, f.topologyId, f.stream[BYTES]])).toEqual([
      [0, 1, 1],
      [0, 2, 2],
      [60_000, 1, 4],
    ]);
  });

  test('takes shard values from those frames that have them', () => {
    const known = emptyShardValues(2).fill(3);
    const none = new Float32Array();
    const [frame] = rollUp([draft(0, { shards: none }), draft(5_000, { shards: known })], 60);
    expect(frame?.shards).toEqual(known);
  });

  test('an average in a longer period is that of all samples, not of averages', () => {
    const calls = (count: number, latencyMs: number) => {
      const stream = emptyStreamValues();
      stream[LATENCY_SUM] = count * latencyMs;
      stream[LATENCY_COUNT] = count;
      return stream;
    };
    const [frame] = rollUp(
      [draft(0, { stream: calls(1, 100) }), draft(5_000, { stream: calls(9, 20) })],
      60,
    );
    expect(frame?.stream[LATENCY_SUM]).toBe(280);
    expect(frame?.stream[LATENCY_COUNT]).toBe(10);
  });

  test('takes frames that were written before some figures were collected', () => {
    const old = emptyStreamValues().subarray(0, 7);
    old[BYTES] = 10;
    const now = emptyStreamValues();
    now[BYTES] = 5;
    now[LATENCY_COUNT] = 3;
    for (const parts of [
      [old, now],
      [now, old],
    ]) {
      const [frame] = rollUp(
        parts.map((stream, i) => draft(i * 5_000, { stream })),
        60,
      );
      expect(frame?.stream).toHaveLength(STREAM_METRICS.length);
      expect(frame?.stream[BYTES]).toBe(15);
      expect(frame?.stream[LATENCY_COUNT]).toBe(3);
    }
  });

  test('loses and invents no bytes, in one step or in two', () => {
    const frames = fc
      .uniqueArray(fc.integer({ min: 0, max: 1_000 }), { maxLength: 50 })
      .chain((periods) =>
        fc
          .array(fc.integer({ min: 0, max: 1_000 }), {
            minLength: periods.length,
            maxLength: periods.length,
          })
          .map((bytes) => periods.map((p, i) => streamFrame(p * 5_000, bytes[i] ?? 0, 0))),
      );
    const total = (all: readonly FrameDraft[]) =>
      all.reduce((sum, f) => sum + (f.stream[BYTES] ?? 0), 0);
    fc.assert(
      fc.property(frames, (given) => {
        const minutes = rollUp(given, 60);
        expect(total(minutes)).toBe(total(given));
        const byStart = (a: FrameDraft, b: FrameDraft) => a.periodStartMs - b.periodStartMs;
        expect(rollUp(minutes, 300).toSorted(byStart)).toEqual(
          rollUp(given, 300).toSorted(byStart),
        );
      }),
    );
  });
});

describe('renew', () => {
  test('a later figure goes before an earlier one, silence does not', () => {
    const merged = renew(streamFrame(0, 10, 500), streamFrame(0, 12, Number.NaN));
    expect(merged.stream[BYTES]).toBe(12);
    expect(merged.stream[AGE]).toBe(500);
  });

  test('a reading with more figures renews one that was written before they were collected', () => {
    const old = draft(0, { stream: emptyStreamValues().subarray(0, 7).fill(4) });
    const merged = renew(old, draft(0, { stream: emptyStreamValues().fill(9, 7) }));
    expect([...merged.stream.subarray(0, 8)]).toEqual([4, 4, 4, 4, 4, 4, 4, 9]);
    expect(merged.stream).toHaveLength(STREAM_METRICS.length);
  });

  test('shard values outlive a reading that has none', () => {
    const known = emptyShardValues(2).fill(3);
    const merged = renew(draft(0, { shards: known }), draft(0, { shards: new Float32Array() }));
    expect(merged.shards).toEqual(known);
  });
});

test('periodStart finds the period that an instant lies in', () => {
  expect(periodStart(119_999, 60)).toBe(60_000);
  expect(periodStart(120_000, 60)).toBe(120_000);
});

test('combineStreamValues makes the unknown of nothing', () => {
  expect(combineStreamValues([]).every(Number.isNaN)).toBe(true);
});
