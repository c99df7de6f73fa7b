import { describe, expect, it } from 'vitest';
import { textOf, utf8 } from '#lib/domain/replay/testing/chunks.ts';
import { ENVELOPE, type EnvelopeMap, FIREHOSE_ERROR } from './envelope-map.ts';
import { EnvelopeOpener } from './open-envelope.ts';

const SEQUENCE_NUMBER = '49657540666418930171109502259426480070896488208763191298';

function open(envelope: unknown, map: EnvelopeMap = ENVELOPE) {
  const text = typeof envelope === 'string' ? envelope : JSON.stringify(envelope);
  return new EnvelopeOpener(map).open(utf8(text));
}

it('opens an envelope of our own archiver', () => {
  const opened = open({
    streamName: 'docs',
    shardId: 'shardId-000000000001',
    partitionKey: 'doc-1',
    sequenceNumber: SEQUENCE_NUMBER,
    approximateArrivalTimestamp: '2026-11-23T13:59:58.250Z',
    data: btoa('{"a":1}'),
  });
  expect(opened).toEqual({
    data: utf8('{"a":1}'),
    partitionKey: 'doc-1',
    explicitHashKey: null,
    origin: {
      shardId: 'shardId-000000000001',
      sequenceNumber: BigInt(SEQUENCE_NUMBER),
      arrivalMs: Date.UTC(2026, 10, 23, 13, 59, 58, 250),
    },
    sub: null,
  });
});

it('keeps each digit of a number that is not quoted', () => {
  const opened = open(
    `{"data":"","sequenceNumber":${SEQUENCE_NUMBER},"explicitHashKey":340282366920938463463374607431768211455,"subSequenceNumber":3}`,
  );
  expect(opened).toMatchObject({
    explicitHashKey: 2n ** 128n - 1n,
    origin: { sequenceNumber: BigInt(SEQUENCE_NUMBER) },
    sub: 3,
  });
});

it('opens what Firehose could not deliver', () => {
  const opened = open(
    { attemptsMade: 4, arrivalTimestamp: 1731198236123, errorCode: 'x', rawData: btoa('raw') },
    FIREHOSE_ERROR,
  );
  expect(opened).toMatchObject({
    data: utf8('raw'),
    partitionKey: null,
    origin: { arrivalMs: 1731198236123 },
  });
});

it('opens envelopes of others by where they have what', () => {
  const map: EnvelopeMap = {
    ...ENVELOPE,
    data: ['kinesis', 'data'],
    partitionKey: ['kinesis', 'partitionKey'],
    arrival: { path: ['kinesis', 'approximateArrivalTimestamp'], form: 'epoch-seconds' },
  };
  const opened = open(
    '{"eventID":"1","kinesis":{"data":"YQ==","partitionKey":"k","approximateArrivalTimestamp":1.731198236123E9}}',
    map,
  );
  expect(opened).toMatchObject({
    data: utf8('a'),
    partitionKey: 'k',
    origin: { arrivalMs: 1731198236123 },
  });
});

it('resolves escapes, which base64 needs in some writers', () => {
  const opened = open('{"d\\u0061ta":"\\/\\/\\/\\/","partitionKey":"\\ud83c\\udf9e"}');
  expect(opened).toMatchObject({ data: Uint8Array.of(255, 255, 255), partitionKey: '🎞' });
});

describe('what decides where a record goes has to be right', () => {
  it.each([
    ['{"data":"a"}', 'bad-base64'],
    ['{"data":null}', 'no-payload'],
    ['{"data":{"a":1}}', 'no-payload'],
    ['{"a":1}', 'no-payload'],
    ['[1]', 'no-payload'],
    ['{"data":"",,"partitionKey":"k"}', 'no-payload'],
    ['{"data":"","partitionKey":""}', 'bad-partition-key'],
    ['{"data":"","partitionKey":7}', 'bad-partition-key'],
    [`{"data":"","partitionKey":"${'x'.repeat(257)}"}`, 'bad-partition-key'],
    ['{"data":"","explicitHashKey":"340282366920938463463374607431768211456"}', 'bad-hash-key'],
  ])('%s is %s', (text, fault) => {
    expect(open(text)).toBe(fault);
  });

  it('counts characters, not the halves of which some consist', () => {
    expect(open({ data: '', partitionKey: '🎞'.repeat(256) })).toMatchObject({
      partitionKey: '🎞'.repeat(256),
    });
    expect(open({ data: '', partitionKey: '🎞'.repeat(257) })).toBe('bad-partition-key');
  });
});

it('knows no origin that it cannot read', () => {
  const opened = open({
    data: '',
    sequenceNumber: 'x',
    shardId: 7.5,
    approximateArrivalTimestamp: '2026-11-23 13:59:58',
  });
  expect(opened).toMatchObject({
    origin: { sequenceNumber: null, arrivalMs: null },
    partitionKey: null,
  });
  expect(typeof opened === 'string' ? opened : textOf(opened.data)).toBe('');
});
