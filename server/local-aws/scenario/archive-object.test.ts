import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import { ArchiveBuffer } from './archive-buffer.ts';
import {
  type ArchivedRecord,
  type ArchiveKind,
  archiveKey,
  encodeArchive,
} from './archive-object.ts';

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

function written(kind: ArchiveKind, records: readonly ArchivedRecord[]): Promise<string> {
  return encodeArchive({ kind, streamName: 'docs', key: 'k', records }).then((body) =>
    gunzipSync(body).toString(),
  );
}

it('names objects as Firehose does, in UTC', () => {
  expect(archiveKey('firehose', 'docs', ARRIVAL_MS, 'id')).toBe(
    'firehose/docs/2026/11/23/13/docs-1-2026-11-23-13-59-58-id.gz',
  );
});

it('writes the data only, without a delimiter', async () => {
  const records = [record('{"a":1}'), record('{"b":"}{"}')];
  expect(await written('firehose', records)).toBe('{"a":1}{"b":"}{"}');
});

it('writes one record a line', async () => {
  expect(await written('lines', [record('{"a":1}'), record('{"b":2}')])).toBe('{"a":1}\n{"b":2}\n');
});

it('writes aggregates of one shard each, which bear the first key and the last place', async () => {
  const ofShard = (shard: number, count: number, bytes: number) =>
    Array.from({ length: count }, (_, i) => ({
      ...record('x'.repeat(bytes), ARRIVAL_MS + i * 1_000),
      shardId: `shardId-00000000000${shard}`,
      partitionKey: `key-${i % 3}`,
    }));
  const records = [...ofShard(0, 45, 100), ...ofShard(1, 3, 30_000)];
  const lines = (await written('kpl', records)).trimEnd().split('\n');
  const envelopes: Record<string, string>[] = lines.map((line) => JSON.parse(line));
  expect(
    envelopes.map((one) => [
      one['shardId'],
      one['partitionKey'],
      one['approximateArrivalTimestamp'],
    ]),
  ).toEqual([
    ['shardId-000000000000', 'key-0', '2026-11-23T14:00:17.000Z'],
    ['shardId-000000000000', 'key-2', '2026-11-23T14:00:37.000Z'],
    ['shardId-000000000000', 'key-1', '2026-11-23T14:00:42.000Z'],
    ['shardId-000000000001', 'key-0', '2026-11-23T13:59:58.000Z'],
    ['shardId-000000000001', 'key-1', '2026-11-23T13:59:59.000Z'],
    ['shardId-000000000001', 'key-2', '2026-11-23T14:00:00.000Z'],
  ]);
});

it('writes all of a record as one line of an envelope', async () => {
  const one = record('\u0000\u00ff');
  const lines = (await written('envelope', [one])).split('\n');
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
