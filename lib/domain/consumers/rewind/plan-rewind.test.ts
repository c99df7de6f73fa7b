import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrivalsOf } from '#lib/domain/consumers/arrival-periods.ts';
import { HASH_KEY_MAX, HASH_KEY_MIN } from '#lib/domain/hash-key.ts';
import { rangeMiddle, splitRange } from '#lib/domain/hash-range.ts';
import { encodeSequenceNumber, type SequenceNumber } from '#lib/domain/sequence-number.ts';
import { type Shard, shardIdOf } from '#lib/domain/shard.ts';
import {
  type PresentLease,
  planRewind,
  type RewindFacts,
  sequenceNumberFault,
  shardsToLookInto,
} from './plan-rewind.ts';

const START_MS = Date.UTC(2026, 10, 23, 12);
const SPLIT_MS = START_MS + 600_000;
const NOW_MS = START_MS + 1_200_000;
const PERIOD_MS = 60_000;

function numberAt(ms: number, shard: number, createdMs: number): SequenceNumber {
  return encodeSequenceNumber({
    shardCreatedSeconds: createdMs / 1000,
    recordSeconds: ms / 1000,
    shardIndex: shard,
    sequenceIndex: BigInt(ms - createdMs + 1),
  });
}

/** Shard 0 was split into 2 and 3 after ten minutes; shard 1 was left alone. */
const WHOLE = { start: HASH_KEY_MIN, end: HASH_KEY_MAX };
const [LEFT, RIGHT] = splitRange(WHOLE, rangeMiddle(WHOLE));
const [QUARTER_A, QUARTER_B] = splitRange(LEFT, rangeMiddle(LEFT));
const PARENT = shard(0, { range: LEFT, endingSequenceNumber: numberAt(SPLIT_MS, 0, START_MS) });
const ALONE = shard(1, { range: RIGHT });
const CHILD_A = child(2, QUARTER_A);
const CHILD_B = child(3, QUARTER_B);
const SHARDS = [PARENT, ALONE, CHILD_A, CHILD_B];

function shard(index: number, more: Partial<Shard>): Shard {
  return {
    shardId: shardIdOf(index),
    range: LEFT,
    parentShardId: null,
    adjacentParentShardId: null,
    startingSequenceNumber: numberAt(START_MS, index, START_MS),
    endingSequenceNumber: null,
    ...more,
  };
}

function child(index: number, range: Shard['range']): Shard {
  return shard(index, {
    range,
    parentShardId: shardIdOf(0),
    startingSequenceNumber: numberAt(SPLIT_MS, index, SPLIT_MS),
  });
}

function lease(index: number, checkpoint: string, more: object = {}): PresentLease {
  return {
    leaseKey: shardIdOf(index),
    shardId: shardIdOf(index),
    item: {
      leaseKey: { S: shardIdOf(index) },
      leaseCounter: { N: '41' },
      leaseOwner: { S: 'worker-1' },
      checkpoint: { S: checkpoint },
      ownSetting: { BOOL: true },
      ...more,
    },
  };
}

const SHARD_IDS = [0, 1, 2, 3].map(shardIdOf);
const ARRIVALS = arrivalsOf(
  Array.from({ length: 20 }, (_, i) => ({
    startMs: START_MS + i * PERIOD_MS,
    endMs: START_MS + (i + 1) * PERIOD_MS,
    isSettled: true,
    shardIds: SHARD_IDS,
    records: Float32Array.from([i < 10 ? 600 : 0, 600, i < 10 ? 0 : 300, i < 10 ? 0 : 300]),
    bytes: Float32Array.from([0, 6_000, 0, 0]),
  })),
);

const FACTS: RewindFacts = {
  leases: [
    lease(0, 'SHARD_END'),
    lease(1, String(numberAt(NOW_MS - 60_000, 1, START_MS))),
    lease(2, String(numberAt(NOW_MS - 60_000, 2, SPLIT_MS))),
    lease(3, 'TRIM_HORIZON'),
  ],
  shards: SHARDS,
  only: null,
  target: { kind: 'trim-horizon' },
  found: new Map(),
  arrivals: ARRIVALS,
  retentionMs: 86_400_000,
  nowMs: NOW_MS,
};

const wantedOf = (facts: RewindFacts) =>
  new Map(
    planRewind(facts).steps.map(({ shardId, wanted }) => [
      shardId,
      JSON.stringify(wanted?.['checkpoint']),
    ]),
  );

describe('planRewind', () => {
  it('sets every lease to the oldest record, a worked-off parent too, so that order is kept', () => {
    expect([...wantedOf(FACTS).values()]).toEqual(new Array(4).fill('{"S":"TRIM_HORIZON"}'));
  });

  it('frees a lease, renews it, and leaves the rest of its row as it is', () => {
    const step = planRewind(FACTS).steps.find(({ shardId }) => shardId === shardIdOf(1));
    expect(step?.wanted).toEqual({
      leaseKey: { S: shardIdOf(1) },
      leaseCounter: { N: '42' },
      checkpoint: { S: 'TRIM_HORIZON' },
      checkpointSubSequenceNumber: { N: '0' },
      ownerSwitchesSinceCheckpoint: { N: '0' },
      ownSetting: { BOOL: true },
    });
    expect(step?.former).toEqual(FACTS.leases[1]?.item);
  });

  it('makes leases that the library has cleaned up, as they would not be read otherwise', () => {
    const plan = planRewind({ ...FACTS, leases: FACTS.leases.slice(1) });
    const made = plan.steps.find(({ shardId }) => shardId === shardIdOf(0));
    expect(made).toMatchObject({ former: null, wanted: { leaseCounter: { N: '0' } } });
  });

  it('names the stream in leases that it makes for a multi-stream application', () => {
    const prefix = '123456789012:orders:1700000000:';
    const entityType = { S: 'LEASE' };
    const leases = [
      { ...lease(1, 'LATEST', { entityType }), leaseKey: `${prefix}${shardIdOf(1)}` },
    ];
    const made = planRewind({ ...FACTS, leases }).steps.find(
      ({ shardId }) => shardId === shardIdOf(2),
    );
    expect(made).toMatchObject({
      leaseKey: `${prefix}${shardIdOf(2)}`,
      wanted: {
        streamName: { S: prefix.slice(0, -1) },
        entityType,
        shardId: { S: shardIdOf(2) },
        parentShardId: { SS: [shardIdOf(0)] },
      },
    });
  });

  it('begins at LATEST in open shards alone: closed ones are worked off', () => {
    const unfinished = [lease(0, 'TRIM_HORIZON'), ...FACTS.leases.slice(1)];
    const plan = planRewind({ ...FACTS, leases: unfinished, target: { kind: 'latest' } });
    const wanted = new Map(plan.steps.map((step) => [step.shardId, step.wanted]));
    expect(wanted.get(shardIdOf(0))).toMatchObject({
      checkpoint: { S: 'SHARD_END' },
      childShardIds: { SS: [shardIdOf(2), shardIdOf(3)] },
    });
    expect(wanted.get(shardIdOf(3))).toMatchObject({ checkpoint: { S: 'LATEST' } });
    // One that is worked off already is not written.
    expect(planRewind({ ...FACTS, target: { kind: 'latest' } }).steps).toHaveLength(3);
  });

  it('looks for a time only in shards that were open at it', () => {
    const ids = (atMs: number) => shardsToLookInto(SHARDS, null, atMs).map((one) => one.shardId);
    expect(ids(SPLIT_MS - 60_000)).toEqual([0, 1].map(shardIdOf));
    expect(ids(SPLIT_MS + 60_000)).toEqual([1, 2, 3].map(shardIdOf));
    const target = { kind: 'time', atMs: SPLIT_MS - 60_000 } as const;
    const found = new Map([
      [shardIdOf(0), { checkpoint: '49', beginsAtMs: target.atMs }],
      [shardIdOf(1), { checkpoint: '50', beginsAtMs: target.atMs }],
    ]);
    expect([...wantedOf({ ...FACTS, target, found })]).toEqual([
      [shardIdOf(0), '{"S":"49"}'],
      [shardIdOf(2), '{"S":"TRIM_HORIZON"}'],
      [shardIdOf(3), '{"S":"TRIM_HORIZON"}'],
      [shardIdOf(1), '{"S":"50"}'],
    ]);
  });

  it('tells what is read again between the new place and the former one', () => {
    const effects = new Map(planRewind(FACTS).effects.map((effect) => [effect.shardId, effect]));
    // Worked off whole: ten minutes of 600 records.
    expect(effects.get(shardIdOf(0))?.againRecords).toBe(6_000);
    // Whole periods: no such one lies after its checkpoint, a minute ago.
    expect(effects.get(shardIdOf(1))?.againRecords).toBe(12_000);
    expect(effects.get(shardIdOf(3))?.againRecords).toBe(0);
    const forward = planRewind({ ...FACTS, target: { kind: 'latest' } }).effects;
    expect(forward.every(({ againRecords }) => againRecords === 0)).toBe(true);
  });

  it('never writes a lease of a shard that was not meant, nor one twice', () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3]), fc.subarray([0, 1, 2, 3]), (meant, leased) => {
        const only = new Set(meant.map(shardIdOf));
        const leases = FACTS.leases.filter((_, i) => leased.includes(i));
        const ids = planRewind({ ...FACTS, only, leases }).steps.map(({ shardId }) => shardId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.every((id) => only.has(id))).toBe(true);
      }),
    );
  });
});

describe('sequenceNumberFault', () => {
  it('takes numbers of the shard, and says why others are none', () => {
    const good = numberAt(NOW_MS, 1, START_MS);
    expect(sequenceNumberFault(ALONE, String(good))).toBeNull();
    expect(sequenceNumberFault(ALONE, '12345')).toContain('no sequence number');
    expect(sequenceNumberFault(PARENT, String(numberAt(NOW_MS, 0, START_MS)))).toContain('after');
    const early = numberAt(START_MS - 60_000, 1, START_MS - 60_000);
    expect(sequenceNumberFault(ALONE, String(early))).toContain('before');
    const foreign = numberAt(NOW_MS, 1, SPLIT_MS);
    expect(sequenceNumberFault(ALONE, String(foreign))).toContain('another shard');
  });
});
