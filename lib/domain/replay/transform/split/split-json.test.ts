import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryCuts,
  chunksOf,
  joined,
  textOf,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { splitWhole } from '#lib/domain/replay/testing/split-whole.ts';
import { JsonSplitter } from './split-json.ts';

const RECORD_BYTES_MAX = 200;

function split(text: string | Uint8Array, isWhole = true) {
  const splitter = new JsonSplitter({ recordBytesMax: RECORD_BYTES_MAX });
  return splitWhole(splitter, [typeof text === 'string' ? utf8(text) : text], isWhole);
}

/** Records as text, quarantined pieces as their reason and text. */
function outline(text: string | Uint8Array, isWhole = true): (string | [string, string])[] {
  return split(text, isWhole).pieces.map((piece) =>
    piece.kind === 'record' ? textOf(piece.bytes) : [piece.reason, textOf(piece.bytes)],
  );
}

describe('records that stand one after the other', () => {
  it.each([
    ['nothing between them', '{"a":1}{"b":2}', ['{"a":1}', '{"b":2}']],
    ['white space of any kind', ' {"a":1}\r\n\t[2]\n', ['{"a":1}', '[2]']],
    [
      'what looks like an end in a string',
      '{"a":"}{\\"}{"}{"b":"\\\\"}',
      ['{"a":"}{\\"}{"}', '{"b":"\\\\"}'],
    ],
    ['nested values', '{"a":[{"b":[]},"c"]}[[],{}]', ['{"a":[{"b":[]},"c"]}', '[[],{}]']],
    ['strings and literals', '"a""b"truefalse null', ['"a"', '"b"', 'true', 'false', 'null']],
    ['numbers that are delimited', '1\n-2.5e+3\n3', ['1', '-2.5e+3', '3']],
    ['a byte order mark', '\ufeff{"a":1}', ['{"a":1}']],
    ['characters of several bytes', '{"ä":"€🎞"}{"b":1}', ['{"ä":"€🎞"}', '{"b":1}']],
  ])('are cut with %s', (_, text, records) => {
    expect(outline(text)).toEqual(records);
  });

  it('keep what a number or a space in them was', () => {
    const record = '{ "id" : 12345678901234567890, "x": 1.0 }';
    expect(outline(record + record)).toEqual([record, record]);
  });

  it('know their places', () => {
    expect(split('{"a":1} {"b":2}\n')).toMatchObject({
      pieces: [
        { start: 0, end: 7 },
        { start: 8, end: 15 },
      ],
      framingBytes: 2,
      trailingBytes: 0,
    });
  });
});

describe('what is not a record is quarantined whole', () => {
  it.each([
    [
      'a record cut off before the next line',
      '{"a":"x\n{"b":2}',
      [['line-break-in-string', '{"a":"x\n'], '{"b":2}'],
    ],
    ['one that ends in a number', '{"a":1\n{"b":2}', [['unexpected-bytes', '{"a":1\n'], '{"b":2}']],
    ['brackets of two kinds', '{"a":1]\n{"b":2}', [['brackets-mismatch', '{"a":1]\n'], '{"b":2}']],
    [
      'values without a comma, and nothing behind it is cut out',
      '{"a":[{}{"b":2}]}{"c":3}',
      [['unexpected-bytes', '{"a":[{}{"b":2}]}{"c":3}']],
    ],
    [
      'what no value begins with',
      'oops {"a":1}\r\n[2]',
      [['unexpected-bytes', 'oops {"a":1}\r\n'], '[2]'],
    ],
    ['half a literal', 'tru{"a":1}\n{"b":2}', [['unexpected-bytes', 'tru{"a":1}\n'], '{"b":2}']],
    [
      'zeros with something behind them',
      '{"a":1}\0\0{"b":2}',
      ['{"a":1}', ['zero-bytes', '\0\0'], '{"b":2}'],
    ],
    ['a number that may be two', '12{"a":1}', [['ambiguous-number', '12'], '{"a":1}']],
    ['a number alone', '12', [['ambiguous-number', '12']]],
    ['what is no number', '{"a":1} 01 {"b":2}', ['{"a":1}', ['unexpected-bytes', '01'], '{"b":2}']],
  ])('%s', (_, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it('what the object ends in', () => {
    expect(outline('{"a":1}{"b":')).toEqual(['{"a":1}', ['cut-off', '{"b":']]);
    expect(outline('1 2', false)).toEqual(['1', ['cut-off', '2']]);
  });

  it('what is larger than a record may be, holding no more of it than that', () => {
    const large = `{"a":"${'x'.repeat(1_000)}"}`;
    const { pieces } = split(`${large}{"b":2}`);
    expect(pieces).toMatchObject([
      { kind: 'quarantined', reason: 'too-large', start: 0, end: large.length },
      { kind: 'record', start: large.length },
    ]);
    expect(pieces[0]?.bytes.length).toBe(RECORD_BYTES_MAX);
  });

  it('what is nested deeper than any producer does', () => {
    const splitter = new JsonSplitter({ recordBytesMax: 100_000 });
    const { pieces } = splitWhole(splitter, [utf8('['.repeat(5_000) + ']'.repeat(5_000))]);
    expect(pieces).toMatchObject([{ reason: 'too-deep', start: 0, end: 10_000 }]);
  });
});

describe('chunks make no difference where they cut', () => {
  const long = 'x'.repeat(40);
  const texts = [
    `{"a":"${long}\\"}{${long}\\\\"}{"b":"${long}"}`,
    `{"a":"${long}\n{"b":"\\\\\\""}\r\n[1]`,
    '\ufefftrue 12 {"a":1}12 0{"b":2}\0\0',
    'lost\r\n{"a":1}\0[2] -1.5e+3 "\\u005c"',
  ];

  it.each(texts)('an escape, a line end, a mark or a number: %j', (text) => {
    const bytes = utf8(text);
    const whole = split(text);
    for (let at = 0; at <= bytes.length; at += 1) {
      const splitter = new JsonSplitter({ recordBytesMax: RECORD_BYTES_MAX });
      expect(splitWhole(splitter, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    }
    const oneByOne = Array.from(bytes, (byte) => Uint8Array.of(byte));
    const splitter = new JsonSplitter({ recordBytesMax: RECORD_BYTES_MAX });
    expect(splitWhole(splitter, oneByOne)).toEqual(whole);
  });
});

it('takes zeros at the end for padding', () => {
  expect(split('{"a":1}\0\0\0')).toMatchObject({ pieces: [{ end: 7 }], trailingBytes: 3 });
});

const delimiter = fc.constantFrom('', '\n', '\r\n', ' ', '\n\n');
/** Numbers alone are left out: without a delimiter they are ambiguous, as tried above. */
const value = fc.oneof(
  fc.json({ maxDepth: 3 }).filter((json) => !/^[-\d]/.test(json)),
  fc
    .record({ text: fc.string({ unit: 'binary' }), id: fc.bigInt() })
    .map(({ text, id }) => `{"t":${JSON.stringify(text)}, "id":${id}}`),
);

it('cuts apart what was joined, however it is joined and chunked', () => {
  fc.assert(
    fc.property(fc.array(value), delimiter, arbitraryCuts, (values, between, cuts) => {
      const bytes = joined(values.map((json) => utf8(json + between)));
      const splitter = new JsonSplitter({ recordBytesMax: 100_000 });
      const { pieces } = splitWhole(splitter, chunksOf(bytes, cuts));
      expect(pieces.map((piece) => [piece.kind, textOf(piece.bytes)])).toEqual(
        values.map((json) => ['record', json]),
      );
    }),
  );
});
