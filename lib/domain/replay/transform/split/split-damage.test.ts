import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { accountedBytes, splitWhole } from '#lib/domain/replay/testing/split-whole.ts';
import type { Splitter } from './piece.ts';
import { ArraySplitter } from './split-array.ts';
import { JsonSplitter } from './split-json.ts';
import { LineSplitter } from './split-lines.ts';

const RECORD_BYTES_MAX = 60;

const SPLITTERS: Readonly<Record<string, () => Splitter>> = {
  json: () => new JsonSplitter({ recordBytesMax: RECORD_BYTES_MAX }),
  array: () => new ArraySplitter({ recordBytesMax: RECORD_BYTES_MAX }),
  lf: () => new LineSplitter({ lineEnds: 'lf', recordBytesMax: RECORD_BYTES_MAX }),
  crlf: () => new LineSplitter({ lineEnds: 'crlf', recordBytesMax: RECORD_BYTES_MAX }),
  kept: () => new LineSplitter({ lineEnds: 'kept', recordBytesMax: RECORD_BYTES_MAX }),
};

const ends = fc.constantFrom('', '\n', '\r\n', ',', ',\n', '[', ']');
const corpus = fc
  .array(fc.tuple(fc.json({ maxDepth: 2 }), ends), { maxLength: 30 })
  .map((values) => joined(values.map(([json, end]) => utf8(json + end))));
/** Of bare values, or with an array begun around them. */
const anyCorpus = fc
  .tuple(fc.constantFrom('', '['), corpus)
  .map(([begin, values]) => joined([utf8(begin), values]));
const damages = fc.array(arbitraryDamage(), { maxLength: 3 });

it.each(Object.keys(SPLITTERS))(
  '%s: each byte of whatever is pushed is accounted for once',
  (name) => {
    fc.assert(
      fc.property(
        anyCorpus,
        damages,
        arbitraryCuts,
        fc.boolean(),
        (bytes, damage, cuts, isWhole) => {
          const damaged = damage.reduce((so, change) => change(so), bytes);
          const splitting = splitWhole(splitterOf(name), chunksOf(damaged, cuts), isWhole);
          expect(accountedBytes(splitting)).toBe(damaged.length);
          let last = 0;
          for (const piece of splitting.pieces) {
            expect(piece.start).toBeGreaterThanOrEqual(last);
            // Of an array that is not closed there is nothing to show.
            if (piece.kind === 'record' || piece.reason !== 'cut-off') {
              expect(piece.end).toBeGreaterThan(piece.start);
            }
            expect(piece.bytes.length).toBeLessThanOrEqual(RECORD_BYTES_MAX + 5);
            const span = damaged.subarray(piece.start, piece.end);
            if (piece.kind === 'record') expect(piece.bytes).toEqual(span);
            else expect(piece.bytes).toEqual(span.subarray(0, piece.bytes.length));
            last = piece.end;
          }
        },
      ),
      { numRuns: 150 },
    );
  },
);

it.each(Object.keys(SPLITTERS))('%s: chunks make no difference', (name) => {
  fc.assert(
    fc.property(anyCorpus, damages, arbitraryCuts, (bytes, damage, cuts) => {
      const damaged = damage.reduce((so, change) => change(so), bytes);
      const whole = splitWhole(splitterOf(name), [damaged]);
      expect(splitWhole(splitterOf(name), chunksOf(damaged, cuts))).toEqual(whole);
    }),
    { numRuns: 150 },
  );
});

function splitterOf(name: string): Splitter {
  const make = SPLITTERS[name];
  if (make === undefined) throw new RangeError(`No splitter ${name}`);
  return make();
}
