import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
  GetObjectCommand,
  ListObjectsV2Command,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openS3 } from './clients.ts';
import { RecordMaker } from './made-record.ts';
import { BUCKET, objectKey } from './put-archive.ts';
import { serveArchive } from './serve-archive.ts';

const OBJECTS = 150;
const shape = { records: 3, keys: { count: 2, zipf: null }, payloadBytes: 60 };
const archive = { prefix: 'a/', objects: OBJECTS, format: 'lines', shape, members: 2 };

let server: Server;
let s3: S3Client;

beforeAll(async () => {
  server = createServer(serveArchive(archive)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  s3 = openS3(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterAll(() => {
  s3.destroy();
  server.close();
});

async function listed(input: object, pageSize: number): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  const pages = paginateListObjectsV2({ client: s3, pageSize }, { Bucket: BUCKET, ...input });
  for await (const { Contents = [], CommonPrefixes = [] } of pages) {
    found.push(...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix));
  }
  return found;
}

const keys = Array.from({ length: OBJECTS }, (_, i) => objectKey('a/', i, '.gz'));

test('lists all keys in order, whatever the size of a page', async () => {
  expect(await listed({ Prefix: 'a/' }, 1_000)).toEqual(keys);
  expect(await listed({ Prefix: 'a/' }, 7)).toEqual(keys);
  expect(await listed({ Prefix: 'b/' }, 7)).toEqual([]);
});

test('begins behind a key, also one that is not there', async () => {
  expect(await listed({ StartAfter: keys[9] }, 50)).toEqual(keys.slice(10));
  expect(await listed({ StartAfter: 'a/2026/11/01/01/' }, 50)).toEqual(keys.slice(60));
});

test('walks folders', async () => {
  const hours = ['00', '01', '02'].map((hour) => `a/2026/11/01/${hour}/`);
  expect(await listed({ Prefix: 'a/2026/11/01/', Delimiter: '/' }, 2)).toEqual(hours);
});

test('gives an object, a part of it, and none of another content', async () => {
  const { Contents: [first] = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
  const object = { Bucket: BUCKET, Key: first?.Key };
  const whole = await s3.send(new GetObjectCommand({ ...object, IfMatch: first?.ETag }));
  const bytes = Buffer.from((await whole.Body?.transformToByteArray()) ?? []);
  expect(bytes).toHaveLength(first?.Size ?? 0);
  const lines = [...new RecordMaker(shape).from(0, 3)].map(({ data }) => `${data}\n`).join('');
  expect(gunzipSync(bytes).toString()).toBe(lines + lines);
  const part = await s3.send(new GetObjectCommand({ ...object, Range: 'bytes=5-' }));
  expect(Buffer.from((await part.Body?.transformToByteArray()) ?? [])).toEqual(bytes.subarray(5));
  await expect(s3.send(new GetObjectCommand({ ...object, IfMatch: '"other"' }))).rejects.toThrow(
    'PreconditionFailed',
  );
});
