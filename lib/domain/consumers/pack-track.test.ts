import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { LeaseObservation, ObservedLease } from './observation.ts';
import { observe } from './observe.ts';
import { packTrack, unpackTrack } from './pack-track.ts';
import type { ApplicationTrack } from './track.ts';

const START_MS = Date.UTC(2026, 10, 23, 12);
const NO_SHARDS = { listedMs: START_MS, shards: new Map() };

const anyCheckpoint: fc.Arbitrary<Checkpoint> = fc.oneof(
  fc.constantFrom<Checkpoint>(
    { kind: 'trim-horizon' },
    { kind: 'latest' },
    { kind: 'shard-end' },
    { kind: 'unknown', text: 'später' },
  ),
  fc.nat(500).map(
    (seconds): Checkpoint => ({
      kind: 'sequence',
      subSequenceNumber: BigInt(seconds % 3),
      sequenceNumber: encodeSequenceNumber({
        shardCreatedSeconds: START_MS / 1000,
        recordSeconds: START_MS / 1000 + seconds,
        shardIndex: 0,
        sequenceIndex: BigInt(seconds),
      }),
    }),
  ),
);
const anyWorker = fc.constantFrom('worker-1', 'worker-2', null);
const anyLease: fc.Arbitrary<ObservedLease> = fc.record({
  shardId: fc.nat(5).map(shardIdOf),
  owner: anyWorker,
  checkpointOwner: anyWorker,
  counter: fc.option(fc.bigInt({ min: 0n, max: 2n ** 60n })),
  ownerSwitches: fc.option(fc.nat(9)),
  checkpoint: anyCheckpoint,
  hasPending: fc.boolean(),
  parentShardIds: fc.array(fc.nat(5).map(shardIdOf), { maxLength: 2 }),
  childShardIds: fc.array(fc.nat(5).map(shardIdOf), { maxLength: 2 }),
  throughputKBps: fc.option(fc.float({ min: 0, max: 1e6, noNaN: true })),
});
const anyObservations: fc.Arbitrary<readonly LeaseObservation[]> = fc
  .array(
    fc.record({
      afterMs: fc.integer({ min: 1, max: 100_000 }),
      lastedMs: fc.nat(3_000),
      leases: fc.uniqueArray(anyLease, { selector: ({ shardId }) => shardId }),
      unreadable: fc.array(fc.string(), { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((looks) => {
    let atMs = START_MS;
    return looks.map(({ afterMs, lastedMs, leases, unreadable }) => {
      atMs += afterMs;
      return {
        atMs,
        throughMs: atMs + lastedMs,
        counterIs: 'renewals',
        leases,
        unreadable,
        workers: [{ workerId: 'worker-3', lastUpdatedMs: atMs - 1_000 }],
      };
    });
  });

function trackOf(observations: readonly LeaseObservation[]): ApplicationTrack | null {
  return observations.reduce<ApplicationTrack | null>(
    (track, observation) => observe(track, observation, NO_SHARDS).track,
    null,
  );
}

describe('packTrack', () => {
  it('gives back what it was given, whatever was observed', () => {
    fc.assert(
      fc.property(anyObservations, (observations) => {
        const track = trackOf(observations);
        expect(track && unpackTrack(packTrack(track))).toEqual(track);
      }),
    );
  });

  it('takes what another version wrote as nothing, and refuses what nothing wrote', () => {
    expect(unpackTrack(Uint8Array.of(0, 1, 2))).toBeNull();
    expect(() => unpackTrack(Uint8Array.of(2, 2))).toThrow(RangeError);
  });
});
