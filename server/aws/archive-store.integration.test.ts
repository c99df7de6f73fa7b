import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { type ArchiveObject, PIECE_BYTES } from './archive-store.ts';
import { walkArchive } from './archive-walk.ts';
import { type Aws, openAws } from './open-aws.ts';

const BUCKET = 'archive';
const signal = new AbortController().signal;

let world: World;
let s3: S3Client;
let aws: Aws;

beforeAll(async () => {
  world = await startWorld();
  s3 = new S3Client({ ...LOCAL_CLIENT, endpoint: world.endpoints.s3, forcePathStyle: true });
  aws = openAws(embeddedConnectionTo(world.endpoints), { repeats: false });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
});

afterAll(async () => {
  aws.close();
  s3.destroy();
  await world.close();
});

async function put(key: string, body: Uint8Array): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
}

async function listed(key: string): Promise<ArchiveObject> {
  const at = { bucket: BUCKET, prefix: key, startAfter: null };
  const [object] = (await aws.archives.list(at, signal)).objects;
  if (object === undefined) throw new Error(`${key} is not listed`);
  return { bucket: BUCKET, ...object };
}

async function bytesOf(object: ArchiveObject, part = {}): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of aws.archives.read(object, part, signal)) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('listing', () => {
  it('goes on behind any key, past a thousand, and names keys as they are', async () => {
    const keys = Array.from({ length: 1_203 }, (_, n) => `many/${String(n).padStart(5, '0')} +&ä`);
    for (let from = 0; from < keys.length; from += 100) {
      await Promise.all(keys.slice(from, from + 100).map((key) => put(key, Buffer.from('x'))));
    }
    const source = {
      connection: 'test',
      bucket: BUCKET,
      prefix: 'many/',
      timeZone: 'UTC',
      paddingMs: 0,
    };
    const walked = async (startAfter: string | null) => {
      const range = { window: null, startAfter, layout: null };
      const pages: string[][] = [];
      for await (const page of walkArchive(aws.archives, source, range, signal)) {
        pages.push(page.objects.map(({ key }) => key));
      }
      return pages;
    };
    expect((await walked(null)).map(({ length }) => length)).toEqual([1_000, 203]);
    expect((await walked(null)).flat()).toEqual(keys);
    expect((await walked(keys[1_100] ?? '')).flat()).toEqual(keys.slice(1_101));
  });

  it('stops at folders, page by page', async () => {
    for (const key of ['f/1/a', 'f/1/b', 'f/2/a', 'f/3/a', 'f/x']) await put(key, Buffer.from('x'));
    const found: string[] = [];
    let startAfter: string | null = null;
    do {
      const at = { bucket: BUCKET, prefix: 'f/', startAfter, keysMax: 1 };
      const page = await aws.archives.listFolders(at, signal);
      found.push(...page.folders, ...page.objects.map(({ key }) => key));
      startAfter = page.next;
    } while (startAfter !== null);
    expect(found).toEqual(['f/1/', 'f/2/', 'f/3/', 'f/x']);
  });
});

describe('reading', () => {
  it('gives an object in pieces, from any byte, and nothing of an empty one', async () => {
    const body = Buffer.alloc(2 * PIECE_BYTES + 17);
    for (let n = 0; n < body.length; n += 1) body[n] = n % 251;
    await put('large', body);
    await put('empty', Buffer.alloc(0));
    const large = await listed('large');
    expect((await bytesOf(large)).equals(body)).toBe(true);
    const part = { fromByte: PIECE_BYTES - 3, toByte: PIECE_BYTES + 5 };
    expect((await bytesOf(large, part)).equals(body.subarray(part.fromByte, part.toByte))).toBe(
      true,
    );
    expect(await bytesOf(large, { fromByte: body.length })).toHaveLength(0);
    expect(await bytesOf(await listed('empty'))).toHaveLength(0);
  });

  it('lets go of what nobody wants any more', async () => {
    for await (const piece of aws.archives.read(await listed('large'), {}, signal)) {
      expect(piece).toHaveLength(PIECE_BYTES);
      break;
    }
  });

  it('refuses an object that is another than the one that was listed, and one that is gone', async () => {
    await put('changing', Buffer.from('one'));
    const before = await listed('changing');
    await put('changing', Buffer.from('two'));
    await expect(bytesOf(before)).rejects.toMatchObject({ kind: 'changed', retryable: false });
    await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'changing' }));
    await expect(bytesOf(before)).rejects.toMatchObject({ kind: 'not-found' });
    await expect(
      aws.archives.list({ bucket: 'no-such-bucket', prefix: '', startAfter: null }, signal),
    ).rejects.toMatchObject({ kind: 'not-found', action: 's3:ListBucket' });
  });

  it('ends with its signal', async () => {
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(aws.archives.read(await listed('large'), {}, stopped).next()).rejects.toThrow(
      'stopped',
    );
  });
});
