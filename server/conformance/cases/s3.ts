import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type Case, defineCase, defineRefusal, type Source } from '#server/conformance/case.ts';
import type { CaseTools } from '#server/conformance/case-tools.ts';

const needs = { endpoint: 's3' } as const;
/** "Part size: 5 MiB to 5 GiB. There is no minimum size limit on the last part of your multipart upload." */
const PART_BYTES = 5 * 1_024 * 1_024;

function reference(operation: string, quote: string): Source {
  return { url: `https://docs.aws.amazon.com/AmazonS3/latest/API/API_${operation}.html`, quote };
}

interface Bucket {
  readonly name: string;
  put(key: string, body: Uint8Array | string, more?: object): Promise<unknown>;
}

/** An empty bucket, emptied and deleted at the end. */
async function freshBucket(t: CaseTools): Promise<Bucket> {
  const name = t.freshName();
  const keys = new Set<string>();
  t.afterwards(async ({ s3 }) => {
    for (const Key of keys) await s3?.send(new DeleteObjectCommand({ Bucket: name, Key }));
    await s3?.send(new DeleteBucketCommand({ Bucket: name }));
  });
  await t.s3.send(new CreateBucketCommand({ Bucket: name }));
  return {
    name,
    put(key, body, more = {}) {
      keys.add(key);
      return t.s3.send(new PutObjectCommand({ Bucket: name, Key: key, Body: body, ...more }));
    },
  };
}

async function bytesOf(
  t: CaseTools,
  bucket: string,
  key: string,
  range?: string,
): Promise<Uint8Array> {
  const { Body } = await t.s3.send(
    new GetObjectCommand({
      Bucket: bucket,
      Key: key,
      ...(range === undefined ? {} : { Range: range }),
    }),
  );
  return (await Body?.transformToByteArray()) ?? new Uint8Array();
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('utf8');
}

/** What archives need of S3. */
export const s3Cases: readonly Case[] = [
  defineCase({
    name: 'S3.PutObject / bytes come back, with the ETag of a plain upload',
    operation: 'S3.PutObject',
    behaviour: 'success',
    expected: 'the same bytes and length; ETag is the MD5 in quotes',
    source: reference(
      'Object',
      'Objects created by the PUT Object, POST Object, or Copy operation, ... and are encrypted by SSE-S3 or plaintext, have ETags that are an MD5 digest of their object data.',
    ),
    needs,
    async run(t) {
      const bucket = await freshBucket(t);
      await bucket.put('a/b.txt', 'hello');
      t.same('bytes', text(await bytesOf(t, bucket.name, 'a/b.txt')), 'hello');
      const head = await t.s3.send(new HeadObjectCommand({ Bucket: bucket.name, Key: 'a/b.txt' }));
      t.same('ContentLength', head.ContentLength, 5);
      t.same('ETag', head.ETag, `"${createHash('md5').update('hello').digest('hex')}"`);
    },
  }),
  defineCase({
    name: 'S3.PutObject / a gzip object keeps its encoding',
    operation: 'S3.PutObject',
    behaviour: 'success',
    expected: 'ContentEncoding gzip, ContentType as given, and the gzip bytes themselves',
    source: reference(
      'PutObject',
      'ContentEncoding: Indicates what content encodings have been applied to the object and thus what decoding mechanisms must be applied to obtain the media-type referenced by the Content-Type header field.',
    ),
    needs,
    async run(t) {
      const bucket = await freshBucket(t);
      await bucket.put('a.gz', gzipSync('{"a":1}\n'), {
        ContentEncoding: 'gzip',
        ContentType: 'application/json',
        Metadata: { shard: 'shardId-000000000000' },
      });
      const head = await t.s3.send(new HeadObjectCommand({ Bucket: bucket.name, Key: 'a.gz' }));
      t.same('ContentEncoding', head.ContentEncoding, 'gzip');
      t.same('ContentType', head.ContentType, 'application/json');
      t.same('Metadata', head.Metadata, { shard: 'shardId-000000000000' });
      t.same('content', text(gunzipSync(await bytesOf(t, bucket.name, 'a.gz'))), '{"a":1}\n');
    },
  }),
  defineCase({
    name: 'S3.GetObject / ranges: from, from to, and the last bytes',
    operation: 'S3.GetObject',
    behaviour: 'success',
    expected: 'HTTP 206 with these bytes and their Content-Range',
    source: reference(
      'GetObject',
      'Range: Downloads the specified byte range of an object. For more information about the HTTP Range header, see RFC 9110.',
    ),
    needs,
    async run(t) {
      const bucket = await freshBucket(t);
      await bucket.put('digits', '0123456789');
      t.same('bytes=2-4', text(await bytesOf(t, bucket.name, 'digits', 'bytes=2-4')), '234');
      t.same('bytes=7-', text(await bytesOf(t, bucket.name, 'digits', 'bytes=7-')), '789');
      t.same('bytes=-2', text(await bytesOf(t, bucket.name, 'digits', 'bytes=-2')), '89');
      const answer = await t.s3.send(
        new GetObjectCommand({ Bucket: bucket.name, Key: 'digits', Range: 'bytes=2-4' }),
      );
      await answer.Body?.transformToByteArray();
      t.same('ContentRange', answer.ContentRange, 'bytes 2-4/10');
      t.same('status', answer.$metadata.httpStatusCode, 206);
    },
  }),
  defineRefusal({
    operation: 'S3.GetObject',
    behaviour: 'invalid-argument',
    title: 'a range behind the end',
    exception: 'InvalidRange',
    source: {
      url: 'https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html',
      quote:
        'InvalidRange: The requested range is not valid for the request. 416 Requested Range Not Satisfiable',
    },
    needs,
    async prepare(t) {
      const bucket = await freshBucket(t);
      await bucket.put('digits', '0123456789');
      return () => bytesOf(t, bucket.name, 'digits', 'bytes=10-12');
    },
  }),
  defineRefusal({
    operation: 'S3.GetObject',
    behaviour: 'missing-resource',
    title: 'no such key',
    exception: 'NoSuchKey',
    source: reference('GetObject', 'NoSuchKey: The specified key does not exist.'),
    needs,
    async prepare(t) {
      const bucket = await freshBucket(t);
      return () => bytesOf(t, bucket.name, 'nothing');
    },
  }),
  defineRefusal({
    operation: 'S3.ListObjectsV2',
    behaviour: 'missing-resource',
    title: 'no such bucket',
    exception: 'NoSuchBucket',
    source: reference('ListObjectsV2', 'NoSuchBucket: The specified bucket does not exist.'),
    needs,
    prepare: (t) => () => t.s3.send(new ListObjectsV2Command({ Bucket: t.freshName() })),
  }),
  defineCase({
    name: 'S3.ListObjectsV2 / in order, by prefix, in pages',
    operation: 'S3.ListObjectsV2',
    behaviour: 'paging',
    expected: 'keys in UTF-8 order, two a page, truncated but for the last page',
    source: reference(
      'ListObjectsV2',
      'MaxKeys: Sets the maximum number of keys returned in the response. ... NextContinuationToken is sent when isTruncated is true, which means there are more keys in the bucket that can be listed. ... ListObjectsV2 returns objects in lexicographical order based on their key names.',
    ),
    needs,
    async run(t) {
      const bucket = await freshBucket(t);
      for (const key of ['p/3', 'p/1', 'q/1', 'p/2', 'p/10']) await bucket.put(key, key);
      const keys: (string | undefined)[] = [];
      const truncated: (boolean | undefined)[] = [];
      let token: string | undefined;
      do {
        const page = await t.s3.send(
          new ListObjectsV2Command({
            Bucket: bucket.name,
            Prefix: 'p/',
            MaxKeys: 2,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        );
        keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
        truncated.push(page.IsTruncated);
        token = page.NextContinuationToken;
      } while (token !== undefined && keys.length < 20);
      t.same('keys', keys, ['p/1', 'p/10', 'p/2', 'p/3']);
      t.same('IsTruncated', truncated, [true, false]);
    },
  }),
  defineCase({
    name: 'S3.ListObjectsV2 / by delimiter, and after a key',
    operation: 'S3.ListObjectsV2',
    behaviour: 'filter',
    expected: 'common prefixes once each; keys after StartAfter only',
    source: reference(
      'ListObjectsV2',
      'Delimiter: A delimiter is a character that you use to group keys. ... StartAfter is where you want Amazon S3 to start listing from. Amazon S3 starts listing after this specified key.',
    ),
    needs,
    async run(t) {
      const bucket = await freshBucket(t);
      for (const key of ['2026/01/a', '2026/01/b', '2026/02/a', 'top']) await bucket.put(key, key);
      const grouped = await t.s3.send(
        new ListObjectsV2Command({ Bucket: bucket.name, Prefix: '2026/', Delimiter: '/' }),
      );
      t.same(
        'CommonPrefixes',
        grouped.CommonPrefixes?.map(({ Prefix }) => Prefix),
        ['2026/01/', '2026/02/'],
      );
      const after = await t.s3.send(
        new ListObjectsV2Command({ Bucket: bucket.name, StartAfter: '2026/01/b' }),
      );
      t.same(
        'after a key',
        after.Contents?.map(({ Key }) => Key),
        ['2026/02/a', 'top'],
      );
    },
  }),
  defineCase({
    name: 'S3.CompleteMultipartUpload / two parts become one object',
    operation: 'S3.CompleteMultipartUpload',
    behaviour: 'success',
    expected: 'the bytes of both in order; an ETag that ends in -2',
    source: reference(
      'CompleteMultipartUpload',
      'Completes a multipart upload by assembling previously uploaded parts. ... Amazon S3 concatenates all the parts in ascending order by part number to create a new object.',
    ),
    needs,
    async run(t) {
      const bucket = await freshBucket(t);
      await bucket.put('large', 'what the parts replace');
      const target = { Bucket: bucket.name, Key: 'large' };
      const { UploadId } = await t.s3.send(new CreateMultipartUploadCommand(target));
      const parts = [new Uint8Array(PART_BYTES).fill(1), new Uint8Array(10).fill(2)];
      const Parts = [];
      for (const [index, Body] of parts.entries()) {
        const PartNumber = index + 1;
        const { ETag } = await t.s3.send(
          new UploadPartCommand({ ...target, UploadId, PartNumber, Body }),
        );
        Parts.push({ ETag, PartNumber });
      }
      const { ETag } = await t.s3.send(
        new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }),
      );
      t.matches('ETag', ETag, /^"[0-9a-f]{32}-2"$/);
      const bytes = await bytesOf(t, bucket.name, 'large');
      t.same('length', bytes.length, PART_BYTES + 10);
      t.same('at the seam', [bytes[PART_BYTES - 1], bytes[PART_BYTES]], [1, 2]);
    },
  }),
];
