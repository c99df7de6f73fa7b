import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseHashKey } from '#lib/domain/hash-key.ts';
import type { ReplayRecord } from '#lib/domain/replay/record.ts';
import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import { compileExpression } from './record-expression.ts';

const OBJECT = { bucket: 'b', key: 'raw/2026/11/23/05/x.gz', etag: 'e' };
const SEQUENCE = '49590338271490256608559692538361571095921575989136588898';

function recordOf(payload: string | Uint8Array, more: Partial<ReplayRecord> = {}): ReplayRecord {
  return {
    data: typeof payload === 'string' ? Buffer.from(payload) : payload,
    partitionKey: 'cats',
    explicitHashKey: null,
    origin: { shardId: null, sequenceNumber: null, arrivalMs: null },
    place: { ordinal: 0, start: 0, end: 1, sub: null },
    keySource: 'archived',
    ...more,
  };
}

const KNOWN = recordOf(
  '{"topic":"cats","n":3,"half":0.5,"id":9007199254740993,"huge":18446744073709551615,"none":null,"tags":["a","b"],"user":{"name":"Ann"}}',
  {
    explicitHashKey: parseHashKey('340282366920938463463374607431768211455'),
    origin: {
      shardId: 'shardId-000000000001',
      sequenceNumber: parseSequenceNumber(SEQUENCE),
      arrivalMs: Date.parse('2026-11-23T05:00:00.250Z'),
    },
  },
);

function expressionOf(source: string) {
  const compiled = compileExpression(source);
  if (!compiled.ok) throw new Error(compiled.fault.words);
  return compiled.expression;
}

function judged(source: string, record = KNOWN) {
  const verdict = expressionOf(source)(record, OBJECT);
  return typeof verdict === 'boolean' ? verdict : verdict.message;
}

describe('what a record is asked', () => {
  it.each([
    ['key == "cats"', true],
    ['key.startsWith("do")', false],
    ['data.topic == "cats" && data.n > 2', true],
    ['data.n * 2.0 == 6.0 && data.half < 1', true],
    ['data.user.name.lowerAscii() == "ann"', true],
    ['"b" in data.tags', true],
    ['data.tags.exists(t, t == "c")', false],
    ['data.tags.all(t, t.size() == 1)', true],
    ['has(data.topic)', true],
    ['has(data.missing)', false],
    ['has(data.missing) && data.missing > 1', false],
    ['data.none == null', true],
    ['text.contains("\\"n\\":3")', true],
    ['text.matches("^..topic.:.c[a-z]+s")', true],
    ['size > 100 && size < 1000', true],
    ['arrival > timestamp("2026-11-23T05:00:00Z")', true],
    ['arrival.getHours() == 5', true],
    ['shard == "shardId-000000000001"', true],
    [`sequence == "${SEQUENCE}"`, true],
    ['hashKey == "340282366920938463463374607431768211455"', true],
    ['object.contains("/05/")', true],
    ['type(data.n) == double', true],
    ['true', true],
  ])('%s', (source, verdict) => {
    expect(judged(source)).toBe(verdict);
  });
});

describe('numbers keep their digits', () => {
  it.each([
    ['data.id == 9007199254740993', true],
    ['data.id == 9007199254740992', false],
    ['data.id > 9007199254740992', true],
    ['data.huge == 18446744073709551615u', true],
    ['data.huge > 5 && data.huge > 0.5', true],
  ])('%s', (source, verdict) => {
    expect(judged(source)).toBe(verdict);
  });

  it('beyond 64 bits they are as near as a double is', () => {
    const record = recordOf('{"x":100000000000000000000000001,"y":-9223372036854775808}');
    expect(judged('data.x > 1e25 && data.y < -9223372036854775807', record)).toBe(true);
  });

  it('digits in texts are texts', () => {
    expect(judged('data.s == "9007199254740993"', recordOf('{"s":"9007199254740993"}'))).toBe(true);
  });
});

describe('a record for which there is neither yes nor no', () => {
  it.each([
    ['data.missing == 1', /no field "missing".*has\(data\.missing\)/],
    ['data.topic > 1', /cannot be worked out/],
    ['data.topic', /something else than true or false/],
    ['data.n && true', /cannot be worked out/],
    ['arrival > timestamp("2026-01-01T00:00:00Z")', /ask first: arrival != null/, recordOf('1')],
    ['data.topic == "x"', /no field "topic"/, recordOf('plain text')],
  ])('%s', (source, words, record = KNOWN) => {
    expect(judged(source, record)).toMatch(words);
  });

  it('is not one whose missing field does not matter', () => {
    expect(judged('key == "cats" || data.missing == 1')).toBe(true);
  });

  it('has null for what is not known of it', () => {
    const bare = recordOf(new Uint8Array([0xff, 0xfe]));
    const source =
      'data == null && text == null && arrival == null && shard == null && sequence == null && hashKey == null';
    expect(judged(source, bare)).toBe(true);
  });
});

describe('what is no expression', () => {
  it.each([
    ['', 0, /nothing/],
    ['key = "a"', null, /two signs: ==/],
    ['key == "a" and true', null, /&&/],
    ['data.topic == ', null, /breaks off|not complete/],
    ['topic == "cats"', 0, /There is no "topic".*data\.topic/],
    ['true &&\n  data.tags.exists(t, u == 1)', 30, /There is no "u"/],
    ['key.shout() == "A"', null, /no function shout/],
    ['text.replace("a", text) == ""', null, /no function replace/],
    ['@guard() == true', null, /./],
    [`${'('.repeat(60)}1${')'.repeat(60)} == 1`, 50, /nested more than 50/],
    ['data.n + 1', null, /never true or false/],
    ['"cats"', 0, /never true or false/],
    ['x'.repeat(4_001), null, /4000 characters/],
  ])('%j', (source, offset, words) => {
    const compiled = compileExpression(source);
    if (compiled.ok) throw new Error('it was taken');
    expect(compiled.fault.words).toMatch(words);
    if (offset !== null) expect(compiled.fault.offset).toBe(offset);
  });

  it('is told by line and column', () => {
    const compiled = compileExpression('true &&\n  nothing');
    expect(compiled).toMatchObject({ fault: { line: 2, column: 3, offset: 10 } });
  });
});

describe('evaluating ends', () => {
  const long = JSON.stringify({ n: Array.from({ length: 20_000 }, (_, i) => i) });
  it.each([
    'data.n.all(a, data.n.all(b, data.n.all(c, a + b + c >= 0.0)))',
    'data.n.exists(a, data.n.exists(b, false)) || true',
    'data.n.all(x, text.contains("zzzz") || data.n == data.n)',
  ])('%s', (source) => {
    const beganAtMs = performance.now();
    expect(judged(source, recordOf(long))).toMatch(/too many steps/);
    expect(performance.now() - beganAtMs).toBeLessThan(10_000);
  });

  it('lists of any length are looked through', () => {
    expect(judged('data.n.exists(x, x == 19999)', recordOf(long))).toBe(true);
  });

  it('and a record is none the worse for the one before', () => {
    const expression = expressionOf('data.n.all(a, data.n.all(b, true))');
    expect(expression(recordOf(long), OBJECT)).toMatchObject({ message: /too many/ });
    expect(expression(recordOf('{"n":[1]}'), OBJECT)).toBe(true);
  });
});

it('throws nothing, whatever is written and whatever the record', () => {
  const word = fc.constantFrom(
    ...'data key text size arrival has( ) ( [ ] { } . , : ? && || ! == != < + - * / % in 1 0.5 "a" null true x exists all map filter matches( contains( timestamp( \\ \' \n'.split(
      ' ',
    ),
  );
  const source = fc.oneof(
    fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '((((('.repeat(300),
      '!'.repeat(3_000),
      `${'['.repeat(500)}1${']'.repeat(500)}`,
    ),
    fc.json().map((json) => `data.x == ${json.slice(0, 200)}`),
  );
  const payload = fc.oneof(fc.json(), fc.uint8Array({ maxLength: 100 }));
  fc.assert(
    fc.property(source, payload, (written, bytes) => {
      const compiled = compileExpression(written);
      if (!compiled.ok) {
        expect(compiled.fault.words).not.toBe('');
        return;
      }
      const verdict = compiled.expression(recordOf(bytes), OBJECT);
      expect(typeof verdict === 'boolean' || verdict.message !== '').toBe(true);
    }),
    { numRuns: 500 },
  );
});

it('does not fall over names that JavaScript has a meaning for, or over depth', () => {
  const odd = recordOf('{"__proto__":{"a":1},"constructor":2,"toString":3}');
  expect(judged('data["__proto__"].a == 1 && data.constructor == 2', odd)).toBe(true);
  const deep = recordOf(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
  expect(judged('data == null', deep)).toBe(true);
});
