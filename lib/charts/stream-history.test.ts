import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  emptyHistory,
  packHistory,
  type StreamHistory,
  shardLinesOf,
  streamLinesOf,
  unpackHistory,
} from './stream-history.ts';

const figure = fc.option(fc.float({ noNaN: true, noDefaultInfinity: true }), { nil: null });

const histories = fc
  .record({ length: fc.nat(12), shardCount: fc.nat(3), partial: fc.boolean() })
  .chain(({ length, shardCount, partial }) =>
    fc
      .array(fc.array(figure, { minLength: length, maxLength: length }), {
        minLength: 14 + shardCount * 7,
        maxLength: 14 + shardCount * 7,
      })
      .map((lines): StreamHistory => {
        let next = 0;
        const line = () => lines[next++] ?? [];
        return {
          streamId: 3,
          periodSeconds: 60,
          partialSeconds: partial ? 15 : null,
          periodStartMs: Array.from({ length }, (_, i) => 600_000 + i * 60_000),
          stream: streamLinesOf(line),
          hottest: Array.from({ length: shardCount }, (_, i) => ({
            shardId: `shardId-00000000000${i}`,
            lines: shardLinesOf(line),
          })),
        };
      }),
  );

test('a history comes out of the wire as it went in, gaps and zeros apart', () => {
  fc.assert(
    fc.property(histories, (history) => {
      expect(unpackHistory(packHistory(history))).toEqual(history);
    }),
  );
});

test('nothing read is nothing, and still a history', () => {
  expect(unpackHistory(packHistory(emptyHistory(1, 60)))).toEqual(emptyHistory(1, 60));
});

test('values that do not fit the lines are refused, not drawn', () => {
  const view = { ...packHistory(emptyHistory(1, 60)), length: 2 };
  expect(() => unpackHistory(view)).toThrow('14 lines of 2 figures are not 0 values');
});
