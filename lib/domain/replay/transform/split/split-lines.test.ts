import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  arbitraryCuts,
  chunksOf,
  joined,
  textOf,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { splitWhole } from '#lib/domain/replay/testing/split-whole.ts';
import { type LineEnds, LineSplitter } from './split-lines.ts';

const RECORD_BYTES_MAX = 20;

function split(text: string, lineEnds: LineEnds, isWhole = true) {
  return splitWhole(
    new LineSplitter({ lineEnds, recordBytesMax: RECORD_BYTES_MAX }),
    [utf8(text)],
    isWhole,
  );
}

it.each<[LineEnds, string, string[], number]>([
  ['lf', 'a\nb\r\n\nc', ['a', 'b\r', 'c'], 3],
  ['crlf', 'a\nb\r\n\r\nc', ['a', 'b', 'c'], 5],
  ['kept', 'a\nb\r\n\nc', ['a\n', 'b\r\n', 'c'], 1],
  ['crlf', '\ufeffa\r\n', ['a'], 5],
  ['lf', '', [], 0],
])('with line ends %j, %j is %j', (lineEnds, text, records, framingBytes) => {
  const splitting = split(text, lineEnds);
  expect(splitting.pieces.map(({ bytes }) => textOf(bytes))).toEqual(records);
  expect(splitting.framingBytes).toBe(framingBytes);
});

it('takes zeros at the end for padding, and nothing else', () => {
  expect(split('a\n\0\0', 'lf')).toMatchObject({ pieces: [{ end: 1 }], trailingBytes: 2 });
  expect(split('a\0\n\0b', 'lf').pieces.map(({ bytes }) => textOf(bytes))).toEqual(['a\0', '\0b']);
});

it('cuts off the last line where decompression broke off', () => {
  expect(split('a\nb', 'lf', false).pieces).toMatchObject([
    { kind: 'record' },
    { kind: 'quarantined', reason: 'cut-off', start: 2, end: 3 },
  ]);
});

it('measures the record, not its ends, against the largest', () => {
  const largest = 'x'.repeat(RECORD_BYTES_MAX);
  expect(
    split(`\ufeff${largest}\r\n${largest}y\n${largest.repeat(9)}\nz`, 'crlf').pieces,
  ).toMatchObject([
    { kind: 'record', start: 3, end: 23 },
    { kind: 'quarantined', reason: 'too-large', start: 25, end: 46 },
    { kind: 'quarantined', reason: 'too-large', start: 47 },
    { kind: 'record' },
  ]);
});

it('cuts apart what was joined, however it is chunked', () => {
  const line = fc
    .uint8Array({ minLength: 1, maxLength: 50 })
    .filter((bytes) => !bytes.includes(10) && bytes.some((byte) => byte !== 0));
  fc.assert(
    fc.property(fc.array(line), fc.boolean(), arbitraryCuts, (lines, isEnded, cuts) => {
      fc.pre(lines[0]?.[0] !== 0xef);
      const lf = utf8('\n');
      const bytes = joined(
        lines.flatMap((one, i) => (isEnded || i < lines.length - 1 ? [one, lf] : [one])),
      );
      const splitter = new LineSplitter({ lineEnds: 'lf', recordBytesMax: 50 });
      const { pieces } = splitWhole(splitter, chunksOf(bytes, cuts));
      expect(pieces.map((piece) => [piece.kind, [...piece.bytes]])).toEqual(
        lines.map((one) => ['record', [...one]]),
      );
    }),
  );
});
