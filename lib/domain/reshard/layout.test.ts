import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BIRTH_SECONDS, growingStream, reshardSteps } from '#lib/domain/growing-stream-fixture.ts';
import { isOpen } from '#lib/domain/shard.ts';
import { rangesOf } from './boundaries.ts';
import { boundariesOf, layoutFingerprint, readLayout } from './layout.ts';

const CREATED_MS = BIRTH_SECONDS * 1_000;

describe('readLayout', () => {
  it('has the open shards of a listing, however it was resharded, and another fingerprint each time', () => {
    fc.assert(
      fc.property(reshardSteps, (steps) => {
        const stream = growingStream();
        const seen = new Map<string, string>();
        for (const { kind, place } of [{ kind: 'split', place: 0 }, ...steps]) {
          if (kind === 'split') stream.split(place);
          else stream.merge(place);
          const read = readLayout(stream.shards().toReversed());
          if (!read.ok) throw new Error('a hole');
          expect(rangesOf(boundariesOf(read.layout))).toEqual(
            read.layout.map(({ range }) => range),
          );
          const ids = read.layout.map(({ shardId }) => shardId).join();
          const fingerprint = layoutFingerprint(read.layout, CREATED_MS);
          expect(seen.get(fingerprint) ?? ids).toBe(ids);
          seen.set(fingerprint, ids);
          expect(layoutFingerprint(read.layout, CREATED_MS + 1)).not.toBe(fingerprint);
        }
        expect(new Set(seen.values()).size).toBe(seen.size);
      }),
      { numRuns: 50 },
    );
  });

  it('names the first key that no open shard holds', () => {
    const stream = growingStream();
    stream.split(0);
    const [, right] = stream.open();
    const holed = stream.shards().filter((shard) => !isOpen(shard) || shard === right);
    expect(readLayout(holed)).toEqual({ ok: false, firstFault: 0n });
  });
});
