import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { isContainer } from '#lib/domain/replay/transform/format.ts';
import { containerOf } from './container.ts';
import { sniffFormat } from './sniff-format.ts';

const TWEETS = Array.from(
  { length: 30 },
  (_, i) => `{"topic":"t${i % 3}","id":${i},"text":"}{ \\"${'x'.repeat(i)}"}`,
);
const ENVELOPES = TWEETS.map((tweet) => JSON.stringify({ data: btoa(tweet), partitionKey: 't' }));

function samples(...texts: string[]) {
  return texts.map((text, i) => ({ objectKey: `object-${i}`, bytes: utf8(text), isWhole: true }));
}

function best(...texts: string[]): string {
  const [guess] = sniffFormat(samples(...texts));
  return guess === undefined ? 'nothing' : `${guess.confidence} ${guess.name}`;
}

describe('the format of samples is told by what they hold', () => {
  it.each([
    ['certain json', TWEETS.join('')],
    ['certain json', TWEETS.join('\n')],
    [
      'certain connect-json',
      TWEETS.map((tweet) => `{"schema":{"type":"struct"},"payload":${tweet}}`).join('\n'),
    ],
    ['certain json-array', `[${TWEETS.join(',')}]`],
    ['certain json-array', `[\n${TWEETS.join(',\n')}\n]\n`],
    // Records may be arrays themselves.
    ['certain json', `[${TWEETS[0]},${TWEETS[1]}][${TWEETS[2]},${TWEETS[3]}]`],
    ['certain json', '[1,2][3,4]'],
    ['certain envelope', ENVELOPES.join('\n')],
    ['certain envelope', ENVELOPES.join('')],
    [
      'certain lambda-events',
      ENVELOPES.map((line) => `{"eventID":"1","kinesis":${line}}`).join('\n'),
    ],
    [
      'certain sdk-records',
      TWEETS.map((tweet) => JSON.stringify({ Data: btoa(tweet), PartitionKey: 't' })).join('\n'),
    ],
    [
      'certain firehose-errors',
      TWEETS.map((tweet) => JSON.stringify({ rawData: btoa(tweet), arrivalTimestamp: 1 })).join(
        '\n',
      ),
    ],
    ['certain base64-lines', TWEETS.map((tweet) => btoa(tweet)).join('\n')],
    ['likely lines', 'GET /a 200\nGET /b 404\n'],
    ['likely lines', 'word\nlong\nfour\n'],
    ['likely json', '"a"\n"b"\n'],
  ])('%s', (expected, text) => {
    expect(best(text, text.slice(0, text.length))).toBe(expected);
  });
});

describe('nothing is believed that a part contradicts', () => {
  it('objects that are partly broken', () => {
    const broken = `${TWEETS.slice(0, 2).join('\n')}\n{"cut":"off\n`;
    const guesses = sniffFormat(samples(TWEETS.join('\n'), broken));
    expect(guesses.map(({ name, confidence }) => [name, confidence])).toEqual([
      ['json', 'unsure'],
      ['lines', 'unsure'],
    ]);
  });

  it('an archive that changed its format on the way', () => {
    expect(best(TWEETS.join(''), ENVELOPES.join('\n'))).toBe('unsure json');
    expect(best(TWEETS.join('\n'), 'GET /a 200\n')).toBe('unsure json');
  });
});

it('tells containers by their first bytes', () => {
  expect(best('Obj\u0001rest', 'Obj\u0001')).toBe('certain avro');
  expect(best('PAR1rest', 'PAR1')).toBe('certain parquet');
  expect(best('Obj\u0001rest', '{"a":1}')).not.toContain('avro');
  const gzipped = Uint8Array.of(0x1f, 0x8b, 8, 0);
  expect(sniffFormat([{ objectKey: 'a', bytes: gzipped, isWhole: false }])[0]).toMatchObject({
    name: 'cloudwatch-logs',
    confidence: 'likely',
  });
});

it('finds nothing in nothing', () => {
  expect(sniffFormat([])).toEqual([]);
  expect(best('', '')).toBe('nothing');
  expect(best('\n\n')).toBe('nothing');
});

it('is not led astray by where a sample ends', () => {
  const text = TWEETS.join('');
  fc.assert(
    fc.property(fc.nat({ max: text.length - 100 }), (cut) => {
      const sample = { objectKey: 'a', bytes: utf8(text.slice(0, 100 + cut)), isWhole: false };
      expect(sniffFormat([sample])[0]).toMatchObject({ name: 'json', confidence: 'certain' });
    }),
  );
});

it('tells an array of which a sample holds the beginning', () => {
  const text = `[${TWEETS.join(',')}]`;
  const sample = { objectKey: 'a', bytes: utf8(text.slice(0, 700)), isWhole: false };
  expect(sniffFormat([sample])[0]).toMatchObject({ name: 'json-array', confidence: 'certain' });
});

it('tells what it found in each sample', () => {
  const [guess] = sniffFormat(samples(TWEETS.join(''), TWEETS.join('\n')));
  expect(guess).toMatchObject({
    name: 'json',
    trials: [
      { objectKey: 'object-0', records: 30, faults: 0, adjacent: 29 },
      { objectKey: 'object-1', records: 30, faults: 0, adjacent: 0 },
    ],
  });
});

it.each([
  ['gzip', [0x1f, 0x8b, 8, 0]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['none', [...utf8('ORCHESTRA,SEQUENCE\n')]],
  ['zip', [...utf8('PK\u0003\u0004')]],
  ['snappy', [0xff, 6, 0, 0, ...utf8('sNaPpY')]],
  ['snappy', [0x82, ...utf8('SNAPPY\0')]],
  // 3,000 times the same 10 letters: a literal, and the first of the copies.
  ['snappy', [0xb0, 0xea, 0x01, 0x24, ...utf8('0123456789'), 0xfe, 10, 0, 0xfe, 10, 0]],
  ['hadoop-snappy', [0, 0, 0, 8, 0, 0, 0, 10, 8, 0x1c, ...utf8('{"id":1}')]],
  ['none', [0, 0, 0, 8, 0, 0, 0, 10, 9, 0x1c, ...utf8('{"id":1}')]],
  ['none', [...utf8('PAR1')]],
  ['none', [...utf8('äöü,ÄÖÜ\n')]],
  ['none', []],
])('sees %s in the first bytes', (compression, head) => {
  expect(containerOf(Uint8Array.from(head))).toEqual({ kind: 'readable', compression });
});

it.each([
  ['orc', 'ORC\0\0\u0001'],
  ['sequence-file', 'SEQ\u0006'],
])('names %s, which has to be converted first', (format, head) => {
  expect(containerOf(utf8(head))).toEqual({ kind: 'unreadable', format });
});

it('throws nothing, whatever the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isWhole) => {
      const [first] = sniffFormat([{ objectKey: 'a', bytes, isWhole }]);
      if (first !== undefined && !isContainer(first.format)) {
        expect(first.trials[0]?.records).toBeGreaterThan(0);
      }
      expect(containerOf(bytes).kind).toMatch(/readable/);
    }),
  );
});
