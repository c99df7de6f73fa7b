import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { aggregateOf } from '#lib/domain/replay/testing/aggregate.ts';
import {
  arbitraryCuts,
  arbitraryDamage,
  chunksOf,
  joined,
  textOf,
  utf8,
} from '#lib/domain/replay/testing/chunks.ts';
import { PURE_DIGESTS } from '#lib/domain/replay/testing/pure-digests.ts';
import { ObjectDecoder, type Outcome, type TransformPlan } from './decode-object.ts';
import type { RecordFormat } from './format.ts';
import { ENVELOPE, FIREHOSE_ERROR } from './payload/envelope-map.ts';

const OBJECT = { bucket: 'archive', key: 'docs/a.gz', etag: 'e' };
const RECORD_BYTES_MAX = 400;
const BROKEN = { reason: 'truncated', start: 90, end: 100 } as const;

function planOf(format: RecordFormat): TransformPlan {
  const key: TransformPlan['key'] = {
    prefersArchived: true,
    source: { kind: 'payload-path', path: ['id'] },
    fallback: { kind: 'quarantine' },
  };
  return { format, deaggregates: true, key, recordBytesMax: RECORD_BYTES_MAX };
}

function decode(format: RecordFormat, chunks: readonly Uint8Array[], isWhole = true) {
  const decoder = new ObjectDecoder(planOf(format), OBJECT, PURE_DIGESTS);
  const outcomes: Outcome[] = chunks.flatMap((chunk) => decoder.push(chunk));
  outcomes.push(...decoder.end(isWhole ? null : BROKEN));
  return { outcomes, ledger: decoder.ledger };
}

function outline(outcomes: readonly Outcome[]) {
  return outcomes.map((outcome) =>
    outcome.kind === 'record'
      ? [outcome.record.partitionKey, textOf(outcome.record.data)]
      : outcome.reason,
  );
}

function envelope(data: Uint8Array, more: object = {}): string {
  return `${JSON.stringify({ data: btoa(String.fromCharCode(...data)), ...more })}\n`;
}

it('makes records of what Firehose writes, and balances their bytes', () => {
  const { outcomes, ledger } = decode({ kind: 'json' }, [utf8('{"id":1}{"id":"x"}\n{"no":1}\0\0')]);
  expect(outline(outcomes)).toEqual([['1', '{"id":1}'], ['x', '{"id":"x"}'], 'no-key']);
  expect(ledger).toEqual({ record: 18, framing: 1, quarantined: 8, trailing: 2 });
});

it('makes one outcome of all that could not be decompressed, behind what could', () => {
  const { outcomes, ledger } = decode({ kind: 'json' }, [utf8('{"id":1}{"id":')], false);
  expect(outline(outcomes)).toEqual([['1', '{"id":1}'], 'cut-off', 'truncated']);
  expect(outcomes[2]).toMatchObject({
    place: { ordinal: 2, start: 14, end: 14 },
    stored: { start: 90, end: 100 },
  });
  expect(ledger).toMatchObject({ record: 8, quarantined: 6 });
});

describe('an envelope', () => {
  const format: RecordFormat = { kind: 'envelope', map: ENVELOPE };

  it('keeps what the record was', () => {
    const lines = envelope(utf8('a'), {
      partitionKey: 'k',
      explicitHashKey: '7',
      sequenceNumber: '42',
    });
    expect(decode(format, [utf8(lines)]).outcomes).toMatchObject([
      {
        record: {
          partitionKey: 'k',
          keySource: 'archived',
          explicitHashKey: 7n,
          origin: { sequenceNumber: 42n },
        },
      },
    ]);
  });

  it('with an aggregate in it becomes its records, each under its own key', () => {
    const aggregate = aggregateOf([
      { data: utf8('one'), partitionKey: 'a', explicitHashKey: null },
      { data: utf8('two'), partitionKey: 'b', explicitHashKey: hashKey(9n) },
    ]);
    const lines =
      envelope(aggregate, { partitionKey: 'a', sequenceNumber: '42' }) +
      envelope(utf8('x'), { partitionKey: 'c' });
    expect(decode(format, [utf8(lines)]).outcomes).toMatchObject([
      {
        record: {
          partitionKey: 'a',
          origin: { sequenceNumber: 42n },
          place: { ordinal: 0, sub: 0 },
        },
      },
      { record: { partitionKey: 'b', explicitHashKey: 9n, place: { ordinal: 1, sub: 1 } } },
      { record: { partitionKey: 'c', place: { ordinal: 2, sub: null } } },
    ]);
  });

  it('with a broken aggregate is quarantined, never sent as it is', () => {
    const aggregate = aggregateOf([
      { data: utf8('one'), partitionKey: 'a', explicitHashKey: null },
    ]);
    aggregate[8] = 0xff;
    expect(
      outline(decode(format, [utf8(envelope(aggregate, { partitionKey: 'a' }))]).outcomes),
    ).toEqual(['kpl-checksum']);
  });

  it('with more than a record may carry is quarantined', () => {
    const lines = envelope(new Uint8Array(RECORD_BYTES_MAX + 1), { partitionKey: 'k' });
    expect(outline(decode(format, [utf8(lines)]).outcomes)).toEqual(['too-large']);
  });
});

it('makes records of lines of base64', () => {
  const { outcomes } = decode({ kind: 'base64-lines' }, [utf8(`${btoa('{"id":1}')}\r\n!\n`)]);
  expect(outline(outcomes)).toEqual([['1', '{"id":1}'], 'bad-base64']);
});

const FORMATS: readonly RecordFormat[] = [
  { kind: 'json' },
  { kind: 'lines', lineEnds: 'kept' },
  { kind: 'base64-lines' },
  { kind: 'envelope', map: ENVELOPE },
  { kind: 'envelope', map: FIREHOSE_ERROR },
];
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 500 }),
  fc.json().map((json) => utf8(`{"id":"a","v":${json}}`)),
  fc.uint8Array({ minLength: 1, maxLength: 80 }).map((data) =>
    aggregateOf([
      { data, partitionKey: 'k', explicitHashKey: null },
      { data, partitionKey: 'l', explicitHashKey: null },
    ]),
  ),
);
const line = fc.oneof(
  payload,
  payload.map((data) => utf8(btoa(String.fromCharCode(...data)))),
  fc
    .tuple(payload, fc.string())
    .map(([data, partitionKey]) => utf8(envelope(data, { partitionKey }))),
  payload.map((rawData) =>
    utf8(JSON.stringify({ rawData: btoa(String.fromCharCode(...rawData)) })),
  ),
);
const corpus = fc
  .array(line, { maxLength: 12 })
  .map((lines) => joined(lines.flatMap((one) => [one, utf8('\n')])));

it.each(FORMATS)(
  '$kind: whatever is pushed, every byte and ordinal is there once, however it is chunked',
  (format) => {
    fc.assert(
      fc.property(
        corpus,
        fc.array(arbitraryDamage(), { maxLength: 2 }),
        arbitraryCuts,
        fc.boolean(),
        (bytes, damages, cuts, isWhole) => {
          const damaged = damages.reduce((so, damage) => damage(so), bytes);
          const whole = decode(format, [damaged], isWhole);
          const { record, framing, quarantined, trailing } = whole.ledger;
          expect(record + framing + quarantined + trailing).toBe(damaged.length);
          const places = whole.outcomes.map((one) =>
            one.kind === 'record' ? one.record.place : one.place,
          );
          expect(places.map(({ ordinal }) => ordinal)).toEqual(places.map((_, i) => i));
          expect(decode(format, chunksOf(damaged, cuts), isWhole)).toEqual(whole);
        },
      ),
      { numRuns: 80 },
    );
  },
);
