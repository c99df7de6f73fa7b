import { expect, it } from 'vitest';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import {
  type ObjectVersion,
  type RecordOrigin,
  type RecordPlace,
  type ReplayRecord,
  recordId,
} from './record.ts';

const OBJECT: ObjectVersion = { bucket: 'archive', key: 'docs/2026/11/23/13/a.gz', etag: '9f' };
const PLACE: RecordPlace = { ordinal: 7, start: 100, end: 120, sub: null };
const UNKNOWN: RecordOrigin = { shardId: null, sequenceNumber: null, arrivalMs: null };

function idOf(origin: RecordOrigin, place = PLACE): string {
  const record: ReplayRecord = {
    data: new Uint8Array(),
    partitionKey: 'doc-1',
    keySource: 'archived',
    explicitHashKey: null,
    origin,
    place,
  };
  return recordId(record, OBJECT);
}

it('knows a record by its sequence number, wherever it was archived', () => {
  const origin = {
    ...UNKNOWN,
    shardId: 'shardId-000000000001',
    sequenceNumber: 42n as SequenceNumber,
  };
  expect(idOf(origin)).toBe('shardId-000000000001:42');
  expect(idOf(origin, { ...PLACE, ordinal: 9, start: 1, end: 2 })).toBe(idOf(origin));
});

it('tells the records of an aggregate apart', () => {
  const origin = { ...UNKNOWN, sequenceNumber: 42n as SequenceNumber };
  expect(idOf(origin, { ...PLACE, sub: 0 })).not.toBe(idOf(origin, { ...PLACE, sub: 1 }));
});

it('knows a record without one by its place in a version of an object', () => {
  expect(idOf(UNKNOWN)).toBe('archive/docs/2026/11/23/13/a.gz@9f#7');
});
