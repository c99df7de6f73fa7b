import { describe, expect, test } from 'vitest';
import { emptyShardValues, type Frame, shardValue, shardValueIndex, streamValue } from './frame.ts';
import { joinFrames, joinShardColumns } from './join-topologies.ts';
import { type ShardMetric, STREAM_METRICS } from './shard-metric.ts';

/** Shard b was split into c and d in the middle of a period; a went on as it was. */
const OPEN = new Map([
  [1, ['a', 'b']],
  [2, ['a', 'c', 'd']],
]);

function columns(count: number, values: { readonly [M in ShardMetric]?: readonly number[] }) {
  const packed = emptyShardValues(count);
  for (const [metric, ofMetric] of Object.entries(values)) {
    for (const [place, value] of ofMetric.entries()) {
      packed[shardValueIndex(metric as ShardMetric, place, count)] = value;
    }
  }
  return packed;
}

function frame(topologyId: number, shards: Float32Array, incomingBytes: number): Frame {
  return {
    periodStartMs: 0,
    periodSeconds: 60,
    topologyId,
    collectedAtMs: 1_000 * topologyId,
    stream: Float32Array.from(STREAM_METRICS, (metric) =>
      metric === 'IncomingBytes' ? incomingBytes : Number.NaN,
    ),
    shards,
  };
}

const BEFORE = columns(2, { IncomingBytes: [400, 300], IteratorAgeMilliseconds: [9, 5] });
const AFTER = columns(3, { IncomingBytes: [200, 70, 80], IteratorAgeMilliseconds: [4, 5, 6] });

describe('a period that was resharded', () => {
  const joined = joinFrames([frame(1, BEFORE, 700), frame(2, AFTER, 350)], OPEN);

  test('is of the youngest topology, with the whole period of a shard that was left alone', () => {
    expect(joined).toMatchObject({ topologyId: 2, collectedAtMs: 2_000, periodSeconds: 60 });
    expect([0, 1, 2].map((place) => shardValue(joined, 'IncomingBytes', place))).toEqual([
      600, 70, 80,
    ]);
  });

  test('adds up sums, and keeps the highest age', () => {
    expect(streamValue(joined, 'IncomingBytes')).toBe(1_050);
    expect(shardValue(joined, 'IteratorAgeMilliseconds', 0)).toBe(9);
  });

  test('says nothing where nothing was said', () => {
    expect(shardValue(joined, 'OutgoingBytes', 0)).toBeNaN();
    expect(streamValue(joined, 'GetRecords.Bytes')).toBeNaN();
  });

  test('leaves what it was given as it was', () => {
    expect(AFTER[0]).toBe(200);
  });
});

test('where shard-level metrics were switched off in between, what was known before stays known', () => {
  const joined = joinShardColumns(
    [
      { topologyId: 1, values: BEFORE },
      { topologyId: 2, values: new Float32Array() },
    ],
    OPEN,
  );
  expect([...joined.values.slice(0, 3)]).toEqual([400, Number.NaN, Number.NaN]);
});

test('a part whose topology has expired is left out, and one part alone is what it is', () => {
  const alone = { topologyId: 2, values: AFTER };
  expect(joinShardColumns([{ topologyId: 7, values: BEFORE }, alone], OPEN).values).toEqual(AFTER);
  expect(joinShardColumns([alone], OPEN)).toBe(alone);
});
