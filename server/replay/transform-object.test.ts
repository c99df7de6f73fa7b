import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCuts, chunksOf, joined, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { DAMAGE_LIMITS, damagedObject, jsonPayload } from './testing/damaged-object.ts';
import { imbalances, planOf, transformWhole } from './testing/transform-whole.ts';
import { PACK, WRITTEN_FORMATS } from './testing/written-formats.ts';

const members = fc.array(fc.array(jsonPayload, { minLength: 1 }), { minLength: 1, maxLength: 3 });

describe.each(WRITTEN_FORMATS)('$name', ({ format, write }) => {
  it.each(['none', 'gzip', 'zstd', 'snappy', 'hadoop-snappy', 'zip'] as const)(
    'in %s gives back each payload byte for byte',
    async (compression) => {
      await fc.assert(
        fc.asyncProperty(members, arbitraryCuts, async (payloads, cuts) => {
          const packed = payloads.map((some) => PACK[compression](utf8(some.map(write).join(''))));
          const stored = joined(packed);
          const plan = planOf(format, compression);
          const transformed = await transformWhole(chunksOf(stored, cuts), plan, DAMAGE_LIMITS);
          const back = transformed.outcomes.map((one) =>
            one.kind === 'record' ? hex(one.record.data) : one.reason,
          );
          expect(back).toEqual(payloads.flat().map(hex));
          expect(imbalances(transformed, stored.length)).toEqual([]);
        }),
        { numRuns: 12 },
      );
    },
  );
});

// Each seed makes another corpus, and the same one each time: what fails can be tried again.
it.each(Array.from({ length: 20 }, (_, seed) => seed))(
  'every byte of damaged objects is accounted for, corpus %i',
  async (seed) => {
    await fc.assert(
      fc.asyncProperty(damagedObject, async ({ chunks, plan, storedBytes }) => {
        const transformed = await transformWhole(chunks, plan, DAMAGE_LIMITS);
        expect(imbalances(transformed, storedBytes)).toEqual([]);
      }),
      { numRuns: 30, seed },
    );
  },
);

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
