import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { ArchiveBuffer } from './archive-buffer.ts';
import { type ArchivedRecord, archiveKey, encodeArchive } from './archive-object.ts';

const ARRIVAL_MS = Date.UTC(2026, 10, 23, 13, 59, 58);

function record(text: string, arrivalMs = ARRIVAL_MS): ArchivedRecord {
  return {
    shardId: 'shardId-000000000001',
    partitionKey: 'doc-1',
    sequenceNumber: encodeSequenceNumber({
      shardCreatedSeconds: 1,
      sequenceIndex: 2n,
      recordSeconds: 3,
      shardIndex: 1,
    }),
    arrivalMs,
    data: Buffer.from(text),
  };
}

it('names objects as Firehose does, in UTC', () => {
  expect(archiveKey('firehose', 'docs', ARRIVAL_MS, 'id')).toBe(
    'firehose/docs/2026/11/23/13/docs-1-2026-11-23-13-59-58-id.gz',
  );
});

it('writes the data only, without a delimiter', async () => {
  const sealed = { kind: 'firehose', key: 'k', records: [record('{"a":1}'), record('{"b":"}{"}')] };
  const body = await encodeArchive({ ...sealed, kind: 'firehose' }, 'docs');
  expect(gunzipSync(body).toString()).toBe('{"a":1}{"b":"}{"}');
});

it('writes all of a record as one line of an envelope', async () => {
  const one = record('\u0000\u00ff');
  const body = await encodeArchive({ kind: 'envelope', key: 'k', records: [one] }, 'docs');
  const lines = gunzipSync(body).toString().split('\n');
  expect(lines).toHaveLength(2);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    streamName: 'docs',
    shardId: 'shardId-000000000001',
    partitionKey: 'doc-1',
    sequenceNumber: String(one.sequenceNumber),
    approximateArrivalTimestamp: '2026-11-23T13:59:58.000Z',
    data: Buffer.from(one.data).toString('base64'),
  });
});

it('seals by bytes or by age, under the hour of the oldest record', () => {
  const buffer = new ArchiveBuffer({
    kind: 'firehose',
    streamName: 'docs',
    hints: { bytesMax: 10, ageMaxMs: 60_000 },
    newId: () => 'id',
  });
  expect(buffer.sealIfOld(0)).toBeNull();
  expect(buffer.add(record('12345', ARRIVAL_MS + 3_000), 0)).toBeNull();
  expect(buffer.add(record('67890', ARRIVAL_MS), 1)?.key).toContain('/2026/11/23/13/');
  expect(buffer.add(record('1', ARRIVAL_MS), 100)).toBeNull();
  expect(buffer.sealIfOld(60_099)).toBeNull();
  expect(buffer.sealIfOld(60_100)?.records).toHaveLength(1);
  expect(buffer.sealIfOld(999_999)).toBeNull();
});
