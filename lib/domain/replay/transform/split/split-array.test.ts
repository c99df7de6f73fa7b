import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryCuts, chunksOf, textOf, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { splitWhole } from '#lib/domain/replay/testing/split-whole.ts';
import { ArraySplitter } from './split-array.ts';

const RECORD_BYTES_MAX = 200;

function split(text: string, isWhole = true) {
  const splitter = new ArraySplitter({ recordBytesMax: RECORD_BYTES_MAX });
  return splitWhole(splitter, [utf8(text)], isWhole);
}

/** Records as text, quarantined pieces as their reason and text. */
function outline(text: string, isWhole = true): (string | [string, string])[] {
  return split(text, isWhole).pieces.map((piece) =>
    piece.kind === 'record' ? textOf(piece.bytes) : [piece.reason, textOf(piece.bytes)],
  );
}

describe('the elements of an array', () => {
  it.each([
    ['with nothing between them', '[{"a":1},{"b":2}]', ['{"a":1}', '{"b":2}']],
    [
      'one a line, the comma before or behind',
      '[\r\n{"a":1},\n{"b":2}\n,{"c":3}\n]\n',
      ['{"a":1}', '{"b":2}', '{"c":3}'],
    ],
    [
      'of every kind',
      '["a",1,-2.5e3,true,null,[2,3]]',
      ['"a"', '1', '-2.5e3', 'true', 'null', '[2,3]'],
    ],
    [
      'with what looks like an end in a string',
      '[{"a":"},{\\"]"},"]"]',
      ['{"a":"},{\\"]"}', '"]"'],
    ],
    ['of which there are none', ' [ ] ', []],
    ['behind a byte order mark', '\ufeff[{"ä":"🎞"}]', ['{"ä":"🎞"}']],
    [
      'of arrays one after the other',
      '[{"a":1}][{"b":2}]\n[]\n["c"]',
      ['{"a":1}', '{"b":2}', '"c"'],
    ],
    ['with a comma behind the last one', '[{"a":1},\n]', ['{"a":1}']],
  ])('are cut apart %s', (_, text, records) => {
    expect(outline(text)).toEqual(records);
  });

  it('keep what a number or a space in them was', () => {
    const record = '{ "id" : 12345678901234567890, "x": 1.0 }';
    expect(outline(`[${record}, ${record}]`)).toEqual([record, record]);
  });

  it('know their places; brackets, commas and white space are framing', () => {
    expect(split('[ {"a":1},\n{"b":2} ]\n\0\0')).toEqual({
      pieces: [
        { kind: 'record', start: 2, end: 9, bytes: utf8('{"a":1}') },
        { kind: 'record', start: 11, end: 18, bytes: utf8('{"b":2}') },
      ],
      framingBytes: 7,
      trailingBytes: 2,
    });
  });
});

describe('what is not an element is quarantined', () => {
  it.each([
    [
      'a broken one, up to the next object at a line',
      '[{"a":"x\n{"b":2},\n{"c":3}]',
      [['line-break-in-string', '{"a":"x\n'], '{"b":2}', '{"c":3}'],
    ],
    [
      'with all that stands on its line, as that may be a part of it',
      '[{"a":[{}{"b":2}]},{"c":3}]',
      [['unexpected-bytes', '{"a":[{}{"b":2}]},{"c":3}]']],
    ],
    [
      'one that nothing delimits, since it may be a part of one',
      '[{"a":{"b":1}}"c":2},\n{"d":3}]',
      [['unexpected-bytes', '{"a":{"b":1}}'], ['unexpected-bytes', '"c":2},\n'], '{"d":3}'],
    ],
    [
      'and nothing else where only a comma is missing before a line',
      '[{"a":1}\n{"b":2}]',
      [['unexpected-bytes', '{"a":1}'], '{"b":2}'],
    ],
    [
      'what is no literal, and what follows on its line',
      '[{"a":1},tru,{"b":2}]',
      ['{"a":1}', ['unexpected-bytes', 'tru,{"b":2}]']],
    ],
    ['what is no number', '[01,2]', [['unexpected-bytes', '01,2]']]],
    [
      'a comma without an element',
      '[{"a":1},,{"b":2}]',
      ['{"a":1}', ['unexpected-bytes', ',{"b":2}]']],
    ],
    [
      'what stands before an array, up to one at a line',
      '{"a":1}\n[{"b":2}]',
      [['unexpected-bytes', '{"a":1}\n'], '{"b":2}'],
    ],
    [
      'records that are in no array',
      '{"a":1}\n{"b":2}',
      [['unexpected-bytes', '{"a":1}\n{"b":2}']],
    ],
    ['brackets of two kinds', '[{"a":1],{"b":2}]', [['brackets-mismatch', '{"a":1],{"b":2}]']]],
    [
      'zeros within an array, and what may be the rest of an element behind them',
      '[{"a":1},\0\0"b":2},\n{"c":3}]',
      ['{"a":1}', ['zero-bytes', '\0\0"b":2},\n'], '{"c":3}'],
    ],
    ['zeros between arrays', '[1]\0\0[2]', ['1', ['zero-bytes', '\0\0'], '2']],
  ])('%s', (_, text, expected) => {
    expect(outline(text)).toEqual(expected);
  });

  it('where the object ends within one', () => {
    expect(outline('[{"a":1},{"b":')).toEqual(['{"a":1}', ['cut-off', '{"b":']]);
    expect(outline('[{"a":1},12')).toEqual(['{"a":1}', ['cut-off', '12']]);
  });

  it('tells an array that the object ends within, though no element is broken', () => {
    expect(outline('[{"a":1}')).toEqual(['{"a":1}', ['cut-off', '']]);
    expect(outline('[{"a":1},\n')).toEqual(['{"a":1}', ['cut-off', '']]);
    expect(split('[{"a":1},\0\0')).toMatchObject({
      pieces: [{ kind: 'record' }, { reason: 'cut-off', start: 11, end: 11 }],
      trailingBytes: 2,
    });
  });

  it('leaves it to the decompression to tell why an object breaks off', () => {
    expect(outline('[{"a":1},', false)).toEqual(['{"a":1}']);
  });

  it('where it is larger than a record may be, holding no more of it than that', () => {
    const large = `{"a":"${'x'.repeat(1_000)}"}`;
    const { pieces } = split(`[${large},{"b":2}]`);
    expect(pieces).toMatchObject([
      { kind: 'quarantined', reason: 'too-large', start: 1, end: 1 + large.length },
      { kind: 'record', start: 2 + large.length },
    ]);
    expect(pieces[0]?.bytes.length).toBe(RECORD_BYTES_MAX);
  });
});

it.each([
  '\ufeff[{"a":"x\\"},{"},\r\n12 ,true]\n["\\\\"]\0\0',
  '[{"a":"x\n{"b":{}}\n"c"\n{"d":[]},\n01]',
  'lost\n[1,\0"x"\n{"y":2}]\0[3,',
])('chunks make no difference where they cut: %j', (text) => {
  const bytes = utf8(text);
  const whole = split(text);
  for (let at = 0; at <= bytes.length; at += 1) {
    const splitter = new ArraySplitter({ recordBytesMax: RECORD_BYTES_MAX });
    expect(splitWhole(splitter, [bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
  }
  const oneByOne = Array.from(bytes, (byte) => Uint8Array.of(byte));
  const splitter = new ArraySplitter({ recordBytesMax: RECORD_BYTES_MAX });
  expect(splitWhole(splitter, oneByOne)).toEqual(whole);
});

const space = fc.constantFrom('', '\n', '\r\n', ' ', '\n  ');

it('cuts apart what was joined, however it is joined and chunked', () => {
  fc.assert(
    fc.property(fc.array(fc.json({ maxDepth: 3 })), space, space, arbitraryCuts, (...given) => {
      const [values, before, behind, cuts] = given;
      const text = `[${values.map((json) => before + json + behind).join(',')}]`;
      const splitter = new ArraySplitter({ recordBytesMax: 100_000 });
      const { pieces } = splitWhole(splitter, chunksOf(utf8(text), cuts));
      expect(pieces.map((piece) => [piece.kind, textOf(piece.bytes)])).toEqual(
        values.map((json) => ['record', json]),
      );
    }),
  );
});
