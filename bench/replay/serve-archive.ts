import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { formatNamed } from './archive-formats.ts';
import { type ArchiveShape, RecordMaker } from './made-record.ts';
import { BUCKET, objectKey } from './put-archive.ts';

/** All objects hold the same: `members` times the records of `shape`, in a format of archive-formats.ts. */
export type MadeArchive = {
  readonly prefix: string;
  readonly objects: number;
  readonly format: string;
  readonly shape: ArchiveShape;
  readonly members: number;
};

const PAGE_KEYS = 1_000;
/** Behind all that begins with the same letters. */
const BEHIND = '\u{10ffff}';

/** GetObject, HeadObject and ListObjectsV2 of one archive, as far as its readers ask. */
export function serveArchive(archive: MadeArchive): RequestListener {
  const format = formatNamed(archive.format);
  const member = Buffer.from(
    format.write([...new RecordMaker(archive.shape).from(0, archive.shape.records)]),
  );
  const objects: Objects = {
    keyAt: (number) => objectKey(archive.prefix, number, format.suffix),
    count: archive.objects,
    member,
    members: archive.members,
  };
  return (request, response) => {
    answer(objects, request, response).catch(() => response.destroy());
  };
}

type Objects = {
  readonly keyAt: (number: number) => string;
  readonly count: number;
  readonly member: Buffer;
  readonly members: number;
};

async function answer(
  objects: Objects,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [, bucket, ...path] = url.pathname.split('/').map(decodeURIComponent);
  const key = path.join('/');
  if (bucket !== BUCKET) return refuse(response, 404, 'NoSuchBucket');
  if (key === '') {
    response.setHeader('content-type', 'application/xml');
    response.end(list(objects, url.searchParams));
    return;
  }
  const number = firstFrom(objects, key);
  if (number >= objects.count || objects.keyAt(number) !== key) {
    return refuse(response, 404, 'NoSuchKey');
  }
  const wanted = request.headers['if-match'];
  const etag = `"${etagOf(number)}"`;
  if (wanted !== undefined && wanted !== etag) return refuse(response, 412, 'PreconditionFailed');
  await give(objects, etag, request, response);
}

async function give(
  { member, members }: Objects,
  etag: string,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const bytes = member.length * members;
  const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
  const first = Number(from);
  const end = to === '' ? bytes : Math.min(bytes, Number(to) + 1);
  response.statusCode = headers.range === undefined ? 200 : 206;
  response.setHeader('etag', etag);
  response.setHeader('content-length', end - first);
  if (headers.range !== undefined) {
    response.setHeader('content-range', `bytes ${first}-${end - 1}/${bytes}`);
  }
  for (let at = first; method === 'GET' && at < end; ) {
    const within = at % member.length;
    const chunk = member.subarray(within, Math.min(member.length, within + end - at));
    at += chunk.length;
    if (response.destroyed) return;
    if (!response.write(chunk)) await drained(response);
  }
  response.end();
}

/** Or nobody reads any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

function list(objects: Objects, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keysMax = Math.min(PAGE_KEYS, Number(query.get('max-keys') ?? PAGE_KEYS));
  const entries: string[] = [];
  let number = Math.max(firstFrom(objects, prefix), firstFrom(objects, beginOf(query)));
  let last = '';
  while (entries.length < keysMax && number < objects.count) {
    const key = objects.keyAt(number);
    if (!key.startsWith(prefix)) break;
    const folderEnd = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (folderEnd === -1) {
      const size = objects.member.length * objects.members;
      entries.push(
        `<Contents><Key>${key}</Key><LastModified>2026-11-23T00:00:00.000Z</LastModified><ETag>&quot;${etagOf(number)}&quot;</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
      );
      last = key;
      number += 1;
    } else {
      last = key.slice(0, folderEnd + delimiter.length);
      entries.push(`<CommonPrefixes><Prefix>${last}</Prefix></CommonPrefixes>`);
      number = firstFrom(objects, last + BEHIND);
    }
  }
  const isMore = number < objects.count && objects.keyAt(number).startsWith(prefix);
  const next = isMore ? `<NextContinuationToken>${last}</NextContinuationToken>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${BUCKET}</Name><Prefix>${prefix}</Prefix><KeyCount>${entries.length}</KeyCount><MaxKeys>${keysMax}</MaxKeys><IsTruncated>${isMore}</IsTruncated>${next}${entries.join('')}</ListBucketResult>`;
}

/** What a page begins with, or with what comes next. */
function beginOf(query: URLSearchParams): string {
  const token = query.get('continuation-token');
  // Behind a folder that was told of before, all of it is.
  if (token?.endsWith('/') === true) return token + BEHIND;
  const after = token ?? query.get('start-after');
  return after === null ? '' : `${after}\0`;
}

/** The number of the first object whose key is not before `key`: keys sort as their numbers. */
function firstFrom({ keyAt, count }: Objects, key: string): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keyAt(middle) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

function etagOf(number: number): string {
  return number.toString(16).padStart(32, '0');
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.statusCode = status;
  response.setHeader('content-type', 'application/xml');
  response.end(`<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
