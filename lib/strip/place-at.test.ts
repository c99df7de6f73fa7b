import fc from 'fast-check';
import { expect, it } from 'vitest';
import { placeAt } from './place-at.ts';
import { ringShards } from './ring-shards.ts';
import { topologyCutAt } from './testing/ring-of.ts';

it('finds the shard whose range holds the fraction', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 65_535 }), { maxLength: 100 }),
      fc.double({ min: 0, max: 0.999999, noNaN: true }),
      (cuts, fraction) => {
        const ring = ringShards(topologyCutAt(cuts));
        const shard = ring[placeAt(ring, fraction) ?? -1];
        expect(shard?.start).toBeLessThanOrEqual(fraction);
        expect(shard?.end).toBeGreaterThan(fraction);
      },
    ),
  );
});

it('finds nothing where there are no shards', () => {
  expect(placeAt([], 0.5)).toBeNull();
});
