import { describe, expect, test } from 'vitest';
import { frameOf } from '#lib/domain/frame-fixture.ts';
import { rangeMiddle, splitRange, uniformRanges, WHOLE_RING } from '#lib/domain/hash-range.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { shardReadings } from '#lib/domain/shard-readings.ts';
import type { ShardRow, TopologyView } from '#lib/live/stream-detail.ts';
import { arrangeShards, type ShardArrangement } from './arrange-shards.ts';
import { readShardLine } from './read-shard-line.ts';
import { childrenByParent, factsOf, shardFacts } from './shard-facts.ts';

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

const plain: ShardArrangement = {
  search: '',
  filter: 'all',
  abovePercent: null,
  withClosed: false,
  withExpired: false,
  sort: 'range',
  direction: 'asc',
};

describe('shardFacts', () => {
  test('gives share, parents and creation time, open shards first', () => {
    const facts = shardFacts(splitTopology());
    expect(facts.map((f) => [f.shard.shardId, f.state, f.place, f.share])).toEqual([
      [shardIdOf(1), 'open', 0, 0.5],
      [shardIdOf(2), 'open', 1, 0.5],
      [shardIdOf(0), 'closed', null, 1],
    ]);
    expect(facts[0]?.parents).toEqual([shardIdOf(0)]);
    expect(facts[0]?.createdAtMs).toBe((createdSeconds + 1) * 1_000);
  });

  test('an unfamiliar sequence number has no creation time', () => {
    const topology = { ...splitTopology(), open: [shardOf(1)], closed: [] };
    const strange = { ...shardOf(1), startingSequenceNumber: '12345' };
    expect(shardFacts({ ...topology, open: [strange] })[0]?.createdAtMs).toBeNull();
  });
});

test('a split shard has two children', () => {
  expect(childrenByParent(shardFacts(splitTopology()))).toEqual(
    new Map([[shardIdOf(0), [shardIdOf(1), shardIdOf(2)]]]),
  );
});

describe('readShardLine', () => {
  const period = { periodStartMs: 0, periodSeconds: 5, collectedAtMs: 6_000 };
  const line = { shard: shardOf(1), state: 'open', place: 0, childShardIds: [] } as const;

  test('gives rates and the tightest limit', () => {
    const values = [5 * 524_288, 4_500, null, null, null, null, null];
    const { reading } = readShardLine({ ...line, values }, period);
    expect(reading?.figures.writeBytesPerSecond).toBe(524_288);
    expect(reading?.tightest).toEqual({ limit: 'writeRecords', use: 0.9 });
    expect(reading?.figures.writeThrottledRecords).toBeNaN();
  });

  test('says nothing where nothing is known', () => {
    expect(readShardLine({ ...line, values: null }, period).reading).toBeNull();
  });
});

describe('arrangeShards', () => {
  const topology: TopologyView = {
    topologyId: 7,
    observedAtMs: 0,
    open: uniformRanges(4).map((range, i) => shardOf(i, range)),
    closed: [shardOf(9, WHOLE_RING, { endingSequenceNumber: sequence(9) })],
  };
  const facts = shardFacts(topology);
  const unknown = Number.NaN;
  const readings = shardReadings(
    {
      ...frameOf(4, {
        IncomingRecords: [500, 5_000, unknown, 4_000],
        WriteProvisionedThroughputExceeded: [unknown, 30, unknown, unknown],
      }),
      topologyId: 7,
      periodSeconds: 5,
    },
    7,
    4,
  );
  const ids = (changes: Partial<ShardArrangement>) =>
    arrangeShards(facts, readings, { ...plain, ...changes }).map(
      (line) => line.facts.shard.shardId,
    );

  test('leaves closed shards out until they are asked for', () => {
    expect(ids({})).toEqual([0, 1, 2, 3].map(shardIdOf));
    expect(ids({ withClosed: true })).toContain(shardIdOf(9));
    const expired = factsOf(shardOf(8), 'expired', null);
    const listed = (withExpired: boolean) =>
      arrangeShards([...facts, expired], readings, { ...plain, withExpired }).length;
    expect([listed(false), listed(true)]).toEqual([4, 5]);
  });

  test.each([
    ['asc', [0, 3, 1, 2]],
    ['desc', [1, 3, 0, 2]],
  ] as const)('a shard without a datapoint stands last (%s)', (direction, indices) => {
    expect(ids({ sort: 'records-in', direction })).toEqual(indices.map(shardIdOf));
  });

  test('above a use, and by it', () => {
    expect(ids({ abovePercent: 80 })).toEqual([1, 3].map(shardIdOf));
    expect(ids({ abovePercent: 80.1 })).toEqual([shardIdOf(1)]);
    expect(ids({ sort: 'use', direction: 'desc' })).toEqual([1, 3, 0, 2].map(shardIdOf));
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
