import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BIRTH_SECONDS,
  growingStream,
  reshardSteps,
  sequenceAt,
} from './growing-stream-fixture.ts';
import { firstRingFault, WHOLE_RING } from './hash-range.ts';
import { lineageOf, wasOpenAt } from './lineage.ts';
import type { SequenceNumber } from './sequence-number.ts';
import { type Shard, shardIdOf } from './shard.ts';

describe('lineageOf', () => {
  it('covers the ring exactly once at every second, whatever was split and merged', () => {
    fc.assert(
      fc.property(reshardSteps, (plan) => {
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
