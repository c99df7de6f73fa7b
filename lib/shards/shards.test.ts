import { describe, expect, test } from 'vitest';
import {
  emptyShardValues,
  emptyStreamValues,
  packFloats,
  shardValueIndex,
} from '#lib/domain/frame.ts';
import { rangeMiddle, splitRange, uniformRanges, WHOLE_RING } from '#lib/domain/hash-range.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { ShardMetric } from '#lib/domain/shard-metric.ts';
import type { FrameView, ShardRow, TopologyView } from '#lib/live/stream-detail.ts';
import { arrangeShards, type ShardArrangement } from './arrange-shards.ts';
import { prepareShardFacts, prepareShardReadings } from './prepare-shards.ts';

const createdSeconds = 1_763_900_000;

const sequence = (shardIndex: number) =>
  String(
    encodeSequenceNumber({
      shardCreatedSeconds: createdSeconds + shardIndex,
      sequenceIndex: 0n,
      recordSeconds: createdSeconds + shardIndex,
      shardIndex,
    }),
  );

function shardOf(index: number, range = WHOLE_RING, changes: Partial<ShardRow> = {}): ShardRow {
  return {
    shardId: shardIdOf(index),
    startingHashKey: String(range.start),
    endingHashKey: String(range.end),
    parentShardId: null,
    adjacentParentShardId: null,
    startingSequenceNumber: sequence(index),
    endingSequenceNumber: null,
    ...changes,
  };
}

/** Shard 0 was split in the middle into 1 and 2. */
function splitTopology(): TopologyView {
  const [left, right] = splitRange(WHOLE_RING, rangeMiddle(WHOLE_RING));
  const parent = { parentShardId: shardIdOf(0) };
  return {
    topologyId: 7,
    observedAtMs: 0,
    open: [shardOf(1, left, parent), shardOf(2, right, parent)],
    closed: [shardOf(0, WHOLE_RING, { endingSequenceNumber: sequence(0) })],
  };
}

function frameOf(
  shardCount: number,
  values: readonly (readonly [ShardMetric, place: number, value: number])[],
  topologyId = 7,
): FrameView {
  const shards = emptyShardValues(shardCount);
  for (const [metric, place, value] of values) {
    shards[shardValueIndex(metric, place, shardCount)] = value;
  }
  const base64 = (floats: Float32Array) => btoa(String.fromCharCode(...packFloats(floats)));
  return {
    streamId: 1,
    topologyId,
    periodStartMs: 0,
    periodSeconds: 5,
    collectedAtMs: 0,
    streamValues: base64(emptyStreamValues()),
    shardValues: base64(shards),
  };
}

const plain: ShardArrangement = {
  search: '',
  filter: 'all',
  withClosed: false,
  sort: 'range',
  direction: 'asc',
};

describe('prepareShardFacts', () => {
  test('gives share, parents and creation time, open shards first', () => {
    const facts = prepareShardFacts(splitTopology());
    expect(facts.map((f) => [f.shard.shardId, f.open, f.place, f.share])).toEqual([
      [shardIdOf(1), true, 0, 0.5],
      [shardIdOf(2), true, 1, 0.5],
      [shardIdOf(0), false, null, 1],
    ]);
    expect(facts[0]?.parents).toEqual([shardIdOf(0)]);
    expect(facts[0]?.createdAtMs).toBe((createdSeconds + 1) * 1_000);
  });

  test('an unfamiliar sequence number has no creation time', () => {
    const topology = { ...splitTopology(), open: [shardOf(1)], closed: [] };
    const strange = { ...shardOf(1), startingSequenceNumber: '12345' };
    expect(prepareShardFacts({ ...topology, open: [strange] })[0]?.createdAtMs).toBeNull();
  });
});

describe('prepareShardReadings', () => {
  test('gives rates and the tightest limit of each open shard', () => {
    const frame = frameOf(2, [
      ['IncomingBytes', 1, 5 * 524_288],
      ['IncomingRecords', 1, 4_500],
    ]);
    const [left, right] = prepareShardReadings(splitTopology(), frame);
    expect(right?.figures.writeBytesPerSecond).toBe(524_288);
    expect(right?.tightest).toEqual({ limit: 'writeRecords', use: 0.9 });
    expect(left?.tightest.limit).toBeNull();
  });

  test.each([
    ['no frame', null],
    ['a frame of another topology', frameOf(2, [], 6)],
    ['no shard-level metrics', frameOf(0, [])],
  ])('%s gives none', (_, frame) => {
    expect(prepareShardReadings(splitTopology(), frame)).toEqual([]);
  });
});

describe('arrangeShards', () => {
  const topology: TopologyView = {
    topologyId: 7,
    observedAtMs: 0,
    open: uniformRanges(4).map((range, i) => shardOf(i, range)),
    closed: [shardOf(9, WHOLE_RING, { endingSequenceNumber: sequence(9) })],
  };
  const facts = prepareShardFacts(topology);
  const readings = prepareShardReadings(
    topology,
    frameOf(4, [
      ['IncomingRecords', 0, 500],
      ['IncomingRecords', 1, 5_000],
      ['WriteProvisionedThroughputExceeded', 1, 30],
      ['IncomingRecords', 3, 4_000],
    ]),
  );
  const ids = (changes: Partial<ShardArrangement>) =>
    arrangeShards(facts, readings, { ...plain, ...changes }).map(
      (line) => line.facts.shard.shardId,
    );

  test('leaves closed shards out until they are asked for', () => {
    expect(ids({})).toEqual([0, 1, 2, 3].map(shardIdOf));
    expect(ids({ withClosed: true })).toContain(shardIdOf(9));
  });

  test.each([
    ['asc', [0, 3, 1, 2]],
    ['desc', [1, 3, 0, 2]],
  ] as const)('a shard without a datapoint stands last (%s)', (direction, indices) => {
    expect(ids({ sort: 'records-in', direction })).toEqual(indices.map(shardIdOf));
  });

  test('hot and throttled', () => {
    expect(ids({ filter: 'hot' })).toEqual([1, 3].map(shardIdOf));
    expect(ids({ filter: 'throttled' })).toEqual([shardIdOf(1)]);
  });

  test.each([
    ['2', [2]],
    ['shardid-000000000003', [3]],
    ['0x8000', [2]],
    ['3fffffff…', [0]],
    ['nothing', []],
  ] as const)('"%s" is found', (search, indices) => {
    expect(ids({ search })).toEqual(indices.map(shardIdOf));
  });
});
