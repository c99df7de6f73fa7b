import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ArchiveSource } from '#lib/domain/replay/settings.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import { encodeSequenceNumber } from '#lib/domain/sequence-number.ts';
import {
  type ArchiveKind,
  archiveKey,
  encodeArchive,
} from '#server/local-aws/scenario/archive-object.ts';
import { ARCHIVE_BUCKET } from '#server/local-aws/scenario/archive-uploader.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { openProcedures, type TestProcedures } from '#server/testing/open-procedures.ts';

const NOW_MS = Date.UTC(2026, 10, 23, 12);
const MINUTES = 6;
const RECORDS = 40;
const STREAM = 'document-changed-stream';
const BUCKET = 'other-archive';

let procedures: TestProcedures;
let s3: S3Client;

beforeAll(async () => {
  procedures = await openProcedures({
    // Under a virtual clock the demo's archiver uploads nothing by itself.
    world: { scenario: 'demo', clock: 'virtual', startAtMs: NOW_MS, pastMinutes: 1 },
  });
  s3 = new S3Client({
    ...LOCAL_CLIENT,
    endpoint: procedures.world.endpoints.s3,
    forcePathStyle: true,
  });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  for (let minute = 0; minute < MINUTES; minute += 1) {
    for (const kind of ['firehose', 'envelope'] as const) await archive(kind, minute);
  }
}, 60_000);

afterAll(async () => {
  s3.destroy();
  await procedures.close();
});

async function put(key: string, body: Uint8Array | string, bucket = BUCKET): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(body) }));
}

/** An object as the demo's archiver writes it. */
async function archive(kind: ArchiveKind, minute: number): Promise<void> {
  const arrivalMs = NOW_MS + minute * 60_000;
  const key = archiveKey(kind, STREAM, arrivalMs, randomUUID());
  const records = Array.from({ length: RECORDS }, (_, n) => ({
    shardId: 'shardId-000000000000',
    partitionKey: `document-${n % 7}`,
    sequenceNumber: encodeSequenceNumber({
      shardCreatedSeconds: 1,
      sequenceIndex: BigInt(minute * RECORDS + n),
      recordSeconds: 3,
      shardIndex: 0,
    }),
    arrivalMs: arrivalMs + n,
    data: Buffer.from(JSON.stringify({ document: `document-${n % 7}`, n })),
  }));
  await put(key, await encodeArchive({ kind, streamName: STREAM, key, records }), ARCHIVE_BUCKET);
}

function sourceOf(prefix: string, more: Partial<ArchiveSource> = {}): ArchiveSource {
  return {
    connection: 'test',
    bucket: BUCKET,
    prefix,
    timeZone: 'UTC',
    paddingMs: 60_000,
    ...more,
  };
}

/** Asked once: Firehose allows few calls a second. */
let asked: ReturnType<typeof findAll> | undefined;

function findAll() {
  return procedures.as('viewer').archives.find({ connection: 'test', streamName: STREAM });
}

async function found(kind: 'firehose' | 'envelope') {
  asked ??= findAll();
  const { archives } = await asked;
  const archive = archives.find(({ source }) => source.prefix === `${kind}/${STREAM}/`);
  if (archive === undefined) throw new Error(`no archive of ${kind} was found`);
  return archive;
}

describe('the archives of the demo', () => {
  it('are found by the delivery stream that writes one, and beside it', async () => {
    asked ??= findAll();
    const { archives, gaps } = await asked;
    expect(gaps).toEqual([]);
    const { streamArn } = procedures.world.engine.describeStreamSummary({ streamName: STREAM });
    expect(archives).toContainEqual(
      expect.objectContaining({
        how: expect.objectContaining({
          kind: 'firehose',
          deliveryStream: STREAM,
          status: 'ACTIVE',
        }),
        source: expect.objectContaining({
          prefix: `firehose/${STREAM}/`,
          timeZone: 'UTC',
          paddingMs: 60_000,
        }),
        sourceStreamArn: streamArn,
        compressionTold: 'GZIP',
        formatTold: 'as sent',
      }),
    );
    expect(archives).toContainEqual(
      expect.objectContaining({
        how: expect.objectContaining({ kind: 'beside' }),
        source: expect.objectContaining({ prefix: `envelope/${STREAM}/` }),
        sourceStreamArn: streamArn,
        isSourceSure: false,
      }),
    );
  });

  it('show what they hold by time, to the minute', async () => {
    const { source } = await found('firehose');
    const timeline = await procedures.as('viewer').archives.timeline({ source, window: null });
    expect(timeline.listing).toMatchObject({ isWhole: true, words: null });
    expect(timeline.bucketMs).toBe(60_000);
    expect(timeline.objects).toBe(MINUTES);
    expect(timeline.buckets.reduce((sum, { objects }) => sum + (objects ?? 0), 0)).toBe(
      timeline.objects,
    );
    expect(timeline.times).toEqual({ fromMs: NOW_MS, toMs: NOW_MS + MINUTES * 60_000 - 1 });
    expect(timeline.classes).toMatchObject([{ storageClass: 'STANDARD', needsRestore: false }]);
    const last = timeline.buckets.at(-1);
    const window = { fromMs: last?.fromMs ?? 0, toMs: (last?.toMs ?? 0) - 1 };
    const listed = await procedures
      .as('operator')
      .archives.objects({ source, window, after: null });
    expect(listed.next).toBeNull();
    expect(listed.objects.length).toBeGreaterThan(0);
    expect(listed.objects.length).toBeLessThan(timeline.objects);
  });

  it.each([
    ['firehose', 'json', 0],
    ['envelope', 'envelope', 1],
  ] as const)('are told by their format: %s is %s', async (kind, name, keys) => {
    const { source } = await found(kind);
    const sniffed = await procedures.as('operator').archives.sniff({ source, window: null });
    expect(sniffed).toMatchObject({ compression: 'gzip', problem: null });
    expect(sniffed.objects).toHaveLength(3);
    const [best] = sniffed.guesses;
    expect(best).toMatchObject({ name, confidence: 'certain', faults: 0 });
    expect(best?.withPartitionKey).toBe((best?.records ?? 0) * keys);
  });

  it('give a sample, with keys, verdicts and bytes', async () => {
    const { source } = await found('envelope');
    const { guesses } = await procedures.as('operator').archives.sniff({ source, window: null });
    const format = guesses[0]?.format ?? { kind: 'json' as const };
    const transform = {
      compression: 'gzip' as const,
      format,
      deaggregates: true,
      key: {
        prefersArchived: true,
        source: null,
        fallback: { kind: 'quarantine' as const },
      },
      recordBytesMax: 1_048_576,
    };
    const filter = ALL_RECORDS;
    const ask = { source, window: null, transform, filter, expression: null };
    const all = await procedures.as('operator').archives.sample(ask);
    expect(all.problem).toBeNull();
    expect(all.rows.length).toBeGreaterThan(10);
    expect(all.rows.length).toBeLessThanOrEqual(20);
    expect(all.totals).toMatchObject({ kept: all.totals.records, quarantined: 0, failed: 0 });
    expect(all.keys).toMatchObject({ hitShare: 1, withoutKey: 0 });
    expect(all.keys.candidates.length).toBeGreaterThan(0);
    const [row] = all.rows;
    if (row?.kind !== 'record') throw new Error('the first is a record');
    expect(row.raw.text).toContain(`"partitionKey":${JSON.stringify(row.partitionKey)}`);
    expect(row.payload.kind).toBe('json');
    const expression = `key == ${JSON.stringify(row.partitionKey)}`;
    const some = await procedures.as('operator').archives.sample({ ...ask, expression });
    expect(some.totals.kept).toBeGreaterThan(0);
    expect(some.totals.dropped).toMatchObject([{ reason: 'expression' }]);
    expect(some.totals.kept + (some.totals.dropped[0]?.records ?? 0)).toBe(all.totals.records);
    await expect(
      procedures.as('operator').archives.sample({ ...ask, expression: 'nokey == 1' }),
    ).rejects.toThrow(/There is no "nokey"/);
  });
});

describe('who may look', () => {
  it('operators see names of objects and what is in them; viewers do not', async () => {
    const source = sourceOf('x/');
    const viewer = procedures.as('viewer');
    await expect(viewer.archives.sniff({ source, window: null })).rejects.toThrow(/operator/);
    await expect(viewer.archives.objects({ source, window: null, after: null })).rejects.toThrow(
      /operator/,
    );
  });
});

describe('what can be no archive', () => {
  it.each([
    [{ bucket: 'http://169.254.169.254' }, /no name of a bucket/],
    [{ timeZone: 'Nowhere' }, /no time zone/],
    [{ connection: 'unknown' }, /not in this process's configuration/],
    [{ bucket: 'not-there-at-all' }, /s3:ListBucket found nothing.*bucket/],
  ])('%j', async (more, words) => {
    await expect(
      procedures.as('viewer').archives.timeline({ source: sourceOf('', more), window: null }),
    ).rejects.toThrow(words);
  });

  it('is told of an empty one', async () => {
    const operator = procedures.as('operator');
    const source = sourceOf('nothing/');
    expect(await operator.archives.timeline({ source, window: null })).toMatchObject({
      buckets: [],
      times: null,
      objects: 0,
    });
    expect((await operator.archives.sniff({ source, window: null })).problem).toMatch(/No object/);
  });
});

describe('archives as they are found', () => {
  it('days of any labels, in a zone, beside what has no time', async () => {
    for (const day of ['21', '22', '23']) {
      for (const n of [1, 2]) {
        await put(`hive/year=2026/month=11/day=${day}/part-${n}.json`, `{"n":${n}}`);
      }
    }
    const source = sourceOf('hive/', { timeZone: 'Asia/Tokyo' });
    const window = { fromMs: Date.UTC(2026, 10, 21, 16), toMs: Date.UTC(2026, 10, 22, 14) };
    const timeline = await procedures.as('viewer').archives.timeline({ source, window });
    expect(timeline.buckets).toMatchObject([
      {
        fromMs: Date.UTC(2026, 10, 21, 15),
        toMs: Date.UTC(2026, 10, 22, 15),
        objects: 2,
        isWhole: true,
      },
    ]);
    await put('hive/readme.txt', 'not an object of any day');
    const all = await procedures.as('viewer').archives.timeline({ source, window });
    expect(all.undated).toMatchObject({ objects: 1 });
    expect(all.objects).toBe(3);
  });

  it('objects that differ, are damaged or of other formats are told of, one by one', async () => {
    await put('mixed/2026/11/23/01/a.gz', gzipSync('{"a":1}{"a":2}'));
    await put('mixed/2026/11/23/02/b.gz', gzipSync('{"a":3}'.repeat(1_000)).subarray(0, 30));
    await put('mixed/2026/11/23/03/c.orc', 'ORC\0\0\0\0');
    await put('mixed/2026/11/23/04/d.json', '{"a":4}');
    const source = sourceOf('mixed/');
    const window = { fromMs: Date.UTC(2026, 10, 23, 1), toMs: Date.UTC(2026, 10, 23, 4, 59) };
    const sniffed = await procedures.as('operator').archives.sniff({ source, window });
    expect(sniffed.compression).toBeNull();
    expect(sniffed.problem).toMatch(/different ways/);
    const transform = {
      compression: 'gzip' as const,
      format: { kind: 'json' as const },
      deaggregates: true,
      key: { prefersArchived: true, source: null, fallback: { kind: 'payload-hash' as const } },
      recordBytesMax: 1_048_576,
    };
    const sample = await procedures.as('operator').archives.sample({
      source,
      window,
      transform,
      filter: ALL_RECORDS,
      expression: null,
    });
    const kinds = sample.rows.map((row) =>
      row.kind === 'record' ? row.place.objectKey.slice(-4) : row.title,
    );
    expect(kinds).toContain('a.gz');
    expect(kinds).toContain('Object is cut off');
    expect(kinds).toContain('Not compressed as expected');
    expect(sample.keys).toMatchObject({ hitShare: 0 });
  });
});
