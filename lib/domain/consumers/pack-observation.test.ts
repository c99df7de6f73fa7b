import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { parseCheckpoint } from './checkpoint.ts';
import {
  type KeptObservation,
  packObservation,
  standsAlone,
  unpackObservation,
} from './pack-observation.ts';

const anyOwner = fc.option(fc.constantFrom('worker-1', 'worker-2', 'wörker'), { nil: null });
const anyCheckpoint = fc
  .oneof(
    fc.constantFrom('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP', 'SHARD_END', 'garbage', ''),
    fc.bigInt({ min: 0n, max: 2n ** 186n }).map(String),
  )
  .chain((text) => fc.bigInt({ min: 0n, max: 9n }).map((sub) => parseCheckpoint(text, sub)));
const anyObservation: fc.Arbitrary<KeptObservation> = fc
  .uniqueArray(fc.nat({ max: 300 }), { maxLength: 30 })
  .chain((indexes) =>
    fc.tuple(
      ...indexes
        .toSorted((a, b) => a - b)
        .map((index) =>
          fc.record({
            shardId: fc.constant(shardIdOf(index)),
            owner: anyOwner,
            checkpointOwner: anyOwner,
            counter: fc.option(fc.bigInt({ min: 0n, max: 2n ** 70n }), { nil: null }),
            checkpoint: anyCheckpoint,
          }),
        ),
    ),
  );

describe('observations', () => {
  test('are unpacked one after the other as they were packed', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { minLength: 1, maxLength: 4 }), (observations) => {
        let [packedBefore, unpackedBefore]: (KeptObservation | null)[] = [null, null];
        for (const observation of observations) {
          const bytes = packObservation(observation, packedBefore ?? null);
          expect(standsAlone(bytes)).toBe(packedBefore === null);
          unpackedBefore = unpackObservation(bytes, unpackedBefore ?? null);
          expect(unpackedBefore).toEqual(observation);
          packedBefore = observation;
        }
      }),
    );
  });

  test('of nothing new take a few bytes, and of a renewal of each lease a few a lease', () => {
    const at = (recordSeconds: number, counter: bigint): KeptObservation =>
      Array.from({ length: 1_000 }, (_, i) => ({
        shardId: shardIdOf(i),
        owner: `worker-${i % 10}`,
        checkpointOwner: null,
        counter,
        checkpoint: parseCheckpoint(
          String(
            encodeSequenceNumber({
              shardCreatedSeconds: 1_700_000_000,
              recordSeconds,
              shardIndex: i,
              sequenceIndex: BigInt(recordSeconds),
            }),
          ),
        ),
      }));
    const first = at(1_700_000_100, 5n);
    expect(packObservation(first, first).length).toBeLessThan(200);
    expect(packObservation(at(1_700_000_100, 8n), first).length).toBeLessThan(25_000);
  });

  test('that hold only changes are refused without the one before', () => {
    const bytes = packObservation([], []);
    expect(() => unpackObservation(bytes, null)).toThrow(/the one before is missing/);
    expect(() => unpackObservation(Uint8Array.of(9, 0), null)).toThrow(/version 9/);
  });
});
