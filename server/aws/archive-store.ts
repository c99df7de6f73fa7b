import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import { keyOf, type ListedKey, lastOf, nameOf } from './archive-listing.ts';
import type { Caller } from './call.ts';

export type ListPlace = {
  readonly bucket: string;
  readonly prefix: string;
  /** What comes behind this key; null: from the beginning. */
  readonly startAfter: string | null;
  /** At most, up to S3's own 1,000. */
  readonly keysMax?: number;
};

type ArchivePage = {
  /** In the order of their keys, which is that of their UTF-8. */
  readonly objects: readonly ListedKey[];
  /** `startAfter` of the next page: it may be asked for at any time, by anybody. null: there is none. */
  readonly next: string | null;
};

/** One level of an archive: what lies right behind the prefix, up to the next slash. */
export type FolderPage = ArchivePage & {
  /** Whole, prefix included, each with its slash. */
  readonly folders: readonly string[];
};

/** What is read, as the listing had it: anything else under its key is another object. */
export type ArchiveObject = Pick<ListedObject, 'key' | 'versionId' | 'etag' | 'bytes'> & {
  readonly bucket: string;
};

/**
 * Archives in S3, which are only ever read. All throw AwsFailure: `not-found` where the object (or its bucket) is gone,
 * `changed` where it is another than the one that was listed, `needs-restore` in an archive tier, `throttled` for
 * S3's 503 Slow Down; or the signal's reason.
 */
export type ArchiveStore = {
  list(place: ListPlace, signal: AbortSignal): Promise<ArchivePage>;
  listFolders(place: ListPlace, signal: AbortSignal): Promise<FolderPage>;
  /**
   * The stored bytes of an object, in pieces of at most PIECE_BYTES, one of which is fetched ahead. No connection
   * is open between pieces, so whoever takes them may take as long as they like. What can be tried again is, from where
   * it broke off.
   * @param part from this byte on, up to, not including, the other; all of it if not given
   */
  read(
    object: ArchiveObject,
    part: { readonly fromByte?: number; readonly toByte?: number },
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array, void>;
};

/** Small enough for the deadline of a call on a slow line, large enough for requests to cost little. */
export const PIECE_BYTES = 4 * 1_048_576;

/** Waits before a piece is tried again. */
const RETRY_AFTER_MS = [200, 1_000] as const;

/**
 * Takes a body in as it comes: to gather its parts first would hold it twice, and leave as much behind as garbage.
 * @returns the bytes that came, of which no more than fit are taken in; with more the body is let go
 */
async function fill(piece: Uint8Array, body: unknown): Promise<number> {
  if (!(body instanceof Readable)) return 0;
  let given = 0;
  for await (const part of body as AsyncIterable<Uint8Array>) {
    const at = given;
    given += part.length;
    if (given > piece.length) break;
    piece.set(part, at);
  }
  return given;
}

export function openArchiveStore(
  clientOf: (api: 's3:ListBucket' | 's3:GetObject') => S3Client,
  caller: Caller,
): ArchiveStore {
  async function listPage(place: ListPlace, delimiter: '/' | undefined, signal: AbortSignal) {
    const { bucket, prefix, startAfter, keysMax } = place;
    const s3 = clientOf('s3:ListBucket');
    return caller.call('s3:ListBucket', signal, (abortSignal) =>
      s3.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: prefix,
          // XML cannot say every key.
          EncodingType: 'url',
          OptionalObjectAttributes: ['RestoreStatus'],
          ...(startAfter !== null && { StartAfter: startAfter }),
          ...(keysMax !== undefined && { MaxKeys: keysMax }),
          ...(delimiter !== undefined && { Delimiter: delimiter }),
        }),
        { abortSignal },
      ),
    );
  }

  async function getPiece(
    { bucket, key, versionId, etag, bytes }: ArchiveObject,
    { from, to }: { readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    const s3 = clientOf('s3:GetObject');
    return caller.call('s3:GetObject', signal, async (abortSignal) => {
      const { Body: body } = await s3.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          IfMatch: `"${etag}"`,
          ...(versionId !== null && { VersionId: versionId }),
          // An object without bytes has no range, and its version is looked at all the same.
          ...(bytes > 0 && { Range: `bytes=${from}-${to - 1}` }),
        }),
        { abortSignal },
      );
      const piece = new Uint8Array(to - from);
      const given = await fill(piece, body);
      if (given === piece.length) return piece;
      throw new AwsFailure(
        'service-error',
        's3:GetObject',
        `S3 gave ${given > piece.length ? 'more than' : `${given} of`} the ${piece.length} bytes that were asked for of ${key}. It is tried again.`,
      );
    });
  }

  async function getPatiently(
    object: ArchiveObject,
    range: { readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    for (const delayMs of RETRY_AFTER_MS) {
      try {
        return await getPiece(object, range, signal);
      } catch (error) {
        if (!(error instanceof AwsFailure && error.retryable)) throw error;
        await wait(delayMs, undefined, { signal });
      }
    }
    return getPiece(object, range, signal);
  }

  return {
    async list(place, signal) {
      const page = await listPage(place, undefined, signal);
      const objects = (page.Contents ?? []).flatMap((given) => keyOf(given, page.EncodingType));
      return { objects, next: page.IsTruncated === true ? lastOf(objects, []) : null };
    },

    async listFolders(place, signal) {
      const page = await listPage(place, '/', signal);
      const objects = (page.Contents ?? []).flatMap((given) => keyOf(given, page.EncodingType));
      const folders = (page.CommonPrefixes ?? []).flatMap(({ Prefix: folder }) =>
        folder === undefined ? [] : [nameOf(folder, page.EncodingType)],
      );
      return {
        objects,
        folders,
        next: page.IsTruncated === true ? lastOf(objects, folders) : null,
      };
    },

    async *read(object, { fromByte = 0, toByte = object.bytes }, outerSignal) {
      const letGo = new AbortController();
      const signal = AbortSignal.any([outerSignal, letGo.signal]);
      const end = Math.min(toByte, object.bytes);
      // Of an object that has bytes, none are asked for; an empty one is looked at, as it may be another by now.
      if (fromByte >= end && object.bytes > 0) return;
      const pieceFrom = (from: number) => {
        const piece = getPatiently(object, { from, to: Math.min(from + PIECE_BYTES, end) }, signal);
        // Told to whoever takes it, and to nobody where it is never taken.
        piece.catch(() => undefined);
        return piece;
      };
      try {
        let next: Promise<Uint8Array> | null = pieceFrom(fromByte);
        for (let from = fromByte; next !== null; from += PIECE_BYTES) {
          const piece = await next;
          next = from + PIECE_BYTES < end ? pieceFrom(from + PIECE_BYTES) : null;
          if (piece.length > 0) yield piece;
        }
      } finally {
        letGo.abort(new Error('nobody wants the rest of the object'));
      }
    },
  };
}
