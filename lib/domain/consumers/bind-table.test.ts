import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { type Shard, shardIdOf } from '#lib/domain/shard.ts';
import { type BindingLease, bindLeases, bindNamed, type StreamCandidate } from './bind-table.ts';
import { parseCheckpoint } from './checkpoint.ts';

const RING = 2n ** 128n;

/** A stream whose shards were all created at that second, and share the ring evenly. */
function streamOf(streamId: number, createdSeconds: number, shardCount: number): StreamCandidate {
  const shards = Array.from({ length: shardCount }, (_, index): Shard => {
    const share = RING / BigInt(shardCount);
    const end = index === shardCount - 1 ? RING - 1n : share * BigInt(index + 1) - 1n;
    return {
      shardId: shardIdOf(index),
      range: { start: hashKey(share * BigInt(index)), end: hashKey(end) },
      parentShardId: null,
      adjacentParentShardId: null,
      startingSequenceNumber: encodeSequenceNumber({
        shardCreatedSeconds: createdSeconds,
        recordSeconds: createdSeconds,
        shardIndex: index,
        sequenceIndex: 0n,
      }),
      endingSequenceNumber: null,
    };
  });
  return {
    streamId,
    streamName: `stream-${streamId}`,
    accountId: '123456789012',
    createdAtMs: createdSeconds * 1000,
    shards: new Map(shards.map((shard) => [shard.shardId, shard])),
  };
}

type Told = { readonly checkpoints: boolean; readonly ranges: boolean };

/** Leases of all its shards, as a library writes them. */
function leasesOf(stream: StreamCandidate, told: Told): readonly BindingLease[] {
  return [...stream.shards.values()].map((shard, index) => ({
    shardId: shard.shardId,
    range: told.ranges ? shard.range : null,
    checkpoint: parseCheckpoint(
      told.checkpoints
        ? String(
            encodeSequenceNumber({
              shardCreatedSeconds: Math.floor(stream.createdAtMs / 1000),
              recordSeconds: Math.floor(stream.createdAtMs / 1000) + 100,
              shardIndex: index,
              sequenceIndex: 7n,
            }),
          )
        : 'TRIM_HORIZON',
    ),
  }));
}

const CHECKPOINTED = { checkpoints: true, ranges: false };
const NEW = { checkpoints: false, ranges: true };

describe('leases that name no stream', () => {
  test('are of the stream whose shards were created when their checkpoints say', () => {
    const anyStreams = fc
      .uniqueArray(fc.integer({ min: 1_500_000_000, max: 1_800_000_000 }), {
        minLength: 1,
        maxLength: 6,
      })
      .chain((seconds) =>
        fc.tuple(
          ...seconds.map((second, i) =>
            fc.integer({ min: 1, max: 5 }).map((shards) => streamOf(i, second, shards)),
          ),
        ),
      );
    fc.assert(
      fc.property(anyStreams, fc.boolean(), fc.nat(), (streams, seesAll, at) => {
        const stream = streams[at % streams.length];
        if (stream === undefined) return;
        const leases = leasesOf(stream, CHECKPOINTED);
        const bound = { kind: 'bound', streamId: stream.streamId, by: 'creation' };
        expect(bindLeases(leases, streams, seesAll, null)).toEqual(bound);
        // Where that stream is not among those that are read, they are of none of them.
        const others = streams.filter((other) => other !== stream);
        expect(bindLeases(leases, others, seesAll, null).kind).toBe('none');
      }),
    );
  });

  test('and have no checkpoint yet are of the only stream with such shards, where all streams are read', () => {
    const [four, three] = [streamOf(1, 1_700_000_000, 4), streamOf(2, 1_700_000_500, 3)];
    const leases = leasesOf(four, NEW);
    expect(bindLeases(leases, [four, three], true, null)).toEqual({
      kind: 'bound',
      streamId: 1,
      by: 'ranges',
    });
    const open = { kind: 'ambiguous', reason: 'nothing-checkpointed' };
    expect(bindLeases(leases, [four, three], false, null)).toEqual({ ...open, candidates: [1] });
    const twin = streamOf(3, 1_700_000_900, 4);
    expect(bindLeases(leases, [four, twin], true, null)).toEqual({ ...open, candidates: [1, 3] });
    // Once it was known, it stays known.
    expect(bindLeases(leases, [four, twin], true, 3)).toMatchObject({ streamId: 3 });
    // Version 1 writes no ranges: shard ids alone are alike everywhere.
    const bare = leasesOf(four, { checkpoints: false, ranges: false });
    expect(bindLeases(bare, [four], true, null)).toEqual({ ...open, candidates: [1] });
  });

  test('of streams that were created in the same second are left open', () => {
    const streams = [streamOf(1, 1_700_000_000, 2), streamOf(2, 1_700_000_000, 2)];
    const [first] = streams;
    if (first === undefined) return;
    expect(bindLeases(leasesOf(first, CHECKPOINTED), streams, true, null)).toEqual({
      kind: 'ambiguous',
      reason: 'created-together',
      candidates: [1, 2],
    });
  });

  test('that contradict each other are left open', () => {
    const [stream, other] = [streamOf(1, 1_700_000_000, 2), streamOf(2, 1_700_000_777, 2)];
    const mixed = [
      ...leasesOf(stream, CHECKPOINTED).slice(0, 1),
      ...leasesOf(other, CHECKPOINTED).slice(1),
    ];
    expect(bindLeases(mixed, [stream], true, null)).toEqual({
      kind: 'ambiguous',
      reason: 'mixed',
      candidates: [1],
    });
  });

  test('of a stream that was made again are of neither', () => {
    const [former, present] = [streamOf(1, 1_700_000_000, 2), streamOf(2, 1_700_009_000, 2)];
    expect(bindLeases(leasesOf(former, CHECKPOINTED), [present], true, 2)).toEqual({
      kind: 'none',
      reason: 'other-streams-shards',
    });
  });

  test('of shards that are no longer listed do not stand in the way', () => {
    const stream = streamOf(1, 1_700_000_000, 3);
    const shards = new Map([...stream.shards].slice(1));
    const leases = leasesOf(stream, CHECKPOINTED);
    expect(bindLeases(leases, [{ ...stream, shards }], true, null)).toMatchObject({ streamId: 1 });
    expect(bindLeases(leases.slice(0, 1), [{ ...stream, shards }], true, null)).toEqual({
      kind: 'none',
      reason: 'no-such-shards',
    });
    expect(bindLeases([], [stream], true, null)).toEqual({ kind: 'none', reason: 'no-leases' });
  });
});

describe('leases that name their stream', () => {
  const stream = streamOf(1, 1_700_000_000, 2);
  const named = { streamName: 'stream-1', accountId: '123456789012' };

  test('are of it where it was created when they say', () => {
    const right = { ...named, createdSeconds: 1_700_000_000 };
    expect(bindNamed(leasesOf(stream, NEW), right, [stream])).toEqual({
      kind: 'bound',
      streamId: 1,
      by: 'name',
    });
    expect(bindNamed([], { ...right, accountId: null }, [stream])).toMatchObject({ kind: 'bound' });
    const elsewhere = { ...right, accountId: '210987654321' };
    expect(bindNamed([], elsewhere, [stream])).toEqual({ kind: 'none', reason: 'no-such-stream' });
  });

  test('and say another creation are of it only where its shards prove it', () => {
    const wrong = { ...named, createdSeconds: 1 };
    expect(bindNamed(leasesOf(stream, CHECKPOINTED), wrong, [stream])).toMatchObject({
      kind: 'bound',
      by: 'creation',
    });
    expect(bindNamed(leasesOf(stream, NEW), wrong, [stream])).toMatchObject({
      reason: 'other-creation',
      candidates: [1],
    });
  });

  test('and are of a former stream of that name are not', () => {
    const former = streamOf(9, 1_600_000_000, 2);
    const right = { ...named, createdSeconds: 1_700_000_000 };
    expect(bindNamed(leasesOf(former, CHECKPOINTED), right, [stream])).toEqual({
      kind: 'none',
      reason: 'other-streams-shards',
    });
  });
});
