import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstRingFault, mergeRanges, rangeMiddle, splitRange, WHOLE_RING } from './hash-range.ts';
import { lineageOf, type ObservedShards, wasOpenAt } from './lineage.ts';
import { encodeSequenceNumber, type SequenceNumber } from './sequence-number.ts';
import { isOpen, type Shard, shardIdOf } from './shard.ts';

const BIRTH_SECONDS = 1_700_000_000;

function sequenceAt(shardIndex: number, createdSeconds: number, recordSeconds: number) {
  return encodeSequenceNumber({
    shardCreatedSeconds: createdSeconds,
    recordSeconds,
    shardIndex,
    sequenceIndex: 0n,
  });
}

/** A stream that is resharded by hand, one step a second. */
function growingStream() {
  let seconds = BIRTH_SECONDS;
  let shards: readonly Shard[] = [];
  const observed: ObservedShards[] = [];
  const add = (range: Shard['range'], parent: Shard | null, adjacent: Shard | null) => {
    const index = shards.length;
    shards = [
      ...shards,
      {
        shardId: shardIdOf(index),
        range,
        parentShardId: parent?.shardId ?? null,
        adjacentParentShardId: adjacent?.shardId ?? null,
        startingSequenceNumber: sequenceAt(index, seconds, seconds),
        endingSequenceNumber: null,
      },
    ];
  };
  const close = (closed: readonly Shard[]) => {
    shards = shards.map((shard) =>
      closed.includes(shard)
        ? { ...shard, endingSequenceNumber: sequenceAt(0, seconds, seconds) }
        : shard,
    );
  };
  const observe = (reported: readonly Shard[] = shards) => {
    observed.push({ observedAtMs: seconds * 1000, shards: reported });
  };
  const open = () => shards.filter(isOpen).sort((a, b) => (a.range.start < b.range.start ? -1 : 1));
  add(WHOLE_RING, null, null);
  observe();
  return {
    observed,
    open,
    shards: () => shards,
    observe,
    wait: (by: number) => {
      seconds += by;
    },
    split: (place: number) => {
      const parent = open()[place % open().length];
      if (parent === undefined) return;
      seconds += 1;
      close([parent]);
      for (const half of splitRange(parent.range, rangeMiddle(parent.range))) {
        add(half, parent, null);
      }
      observe();
    },
    merge: (place: number) => {
      const left = open()[place % open().length];
      const right = open()[(place % open().length) + 1];
      if (left === undefined || right === undefined) return;
      seconds += 1;
      close([left, right]);
      add(mergeRanges(left.range, right.range), left, right);
      observe();
    },
    nowMs: () => seconds * 1000,
  };
}

const steps = fc.array(
  fc.record({ kind: fc.constantFrom('split', 'merge'), place: fc.nat(20), wait: fc.nat(5) }),
  { maxLength: 25 },
);

describe('lineageOf', () => {
  it('covers the ring exactly once at every second, whatever was split and merged', () => {
    fc.assert(
      fc.property(steps, (plan) => {
        const stream = growingStream();
        for (const { kind, place, wait } of plan) {
          stream.wait(wait);
          stream[kind === 'split' ? 'split' : 'merge'](place);
        }
        const family = lineageOf(stream.observed);
        for (let ms = BIRTH_SECONDS * 1000; ms <= stream.nowMs(); ms += 1000) {
          const open = family.filter((shard) => wasOpenAt(shard, ms) === true);
          expect(firstRingFault(open.map(({ shard }) => shard.range))).toBeNull();
        }
      }),
    );
  });

  it('names the children of a split and of a merge, in order of their ranges', () => {
    const stream = growingStream();
    stream.split(0);
    stream.split(1);
    stream.merge(0);
    const family = lineageOf(stream.observed);
    expect(family.map(({ shard, state, childIds }) => [shard.shardId, state, childIds])).toEqual([
      [shardIdOf(0), 'closed', [shardIdOf(1), shardIdOf(2)]],
      [shardIdOf(1), 'closed', [shardIdOf(5)]],
      [shardIdOf(2), 'closed', [shardIdOf(3), shardIdOf(4)]],
      [shardIdOf(3), 'closed', [shardIdOf(5)]],
      [shardIdOf(4), 'open', []],
      [shardIdOf(5), 'open', []],
    ]);
  });

  it('keeps shards that are no longer reported, as expired, with their times', () => {
    const stream = growingStream();
    stream.split(0);
    const [root] = stream.shards();
    stream.wait(100);
    stream.observe(stream.shards().filter((shard) => shard.shardId !== root?.shardId));
    const [oldest] = lineageOf(stream.observed);
    expect(oldest).toMatchObject({
      state: 'expired',
      createdAtMs: BIRTH_SECONDS * 1000,
      endedAtMs: (BIRTH_SECONDS + 1) * 1000,
    });
  });

  it('ends a shard whose children were never seen at its last sequence number', () => {
    const lonely: Shard = {
      shardId: shardIdOf(0),
      range: WHOLE_RING,
      parentShardId: null,
      adjacentParentShardId: null,
      startingSequenceNumber: sequenceAt(0, BIRTH_SECONDS, BIRTH_SECONDS),
      endingSequenceNumber: sequenceAt(0, BIRTH_SECONDS, BIRTH_SECONDS + 60),
    };
    expect(lineageOf([{ observedAtMs: 0, shards: [lonely] }])).toMatchObject([
      { state: 'closed', endedAtMs: (BIRTH_SECONDS + 60) * 1000 },
    ]);
  });

  it('says unknown where sequence numbers tell no time', () => {
    const foreign: Shard = {
      shardId: 'shardId-000000000000',
      range: WHOLE_RING,
      parentShardId: null,
      adjacentParentShardId: null,
      startingSequenceNumber: 7n as SequenceNumber,
      endingSequenceNumber: 9n as SequenceNumber,
    };
    const [shard] = lineageOf([{ observedAtMs: 0, shards: [foreign] }]);
    expect(shard).toMatchObject({ createdAtMs: null, endedAtMs: null });
    expect(shard && wasOpenAt(shard, Date.UTC(2026))).toBeNull();
  });

  it('knows nothing of nothing', () => {
    expect(lineageOf([])).toEqual([]);
  });
});
