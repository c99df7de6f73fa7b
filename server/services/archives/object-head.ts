import { AwsFailure } from '#lib/domain/aws-failure.ts';
import {
  type Compression,
  decompress,
} from '#lib/domain/replay/transform/decompress/decompress.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import type { LookedObject } from '#lib/replay/view/archive-sample.ts';
import type { WalkedObject } from '#server/aws/archive-walk.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';
import type { OpenArchive } from './open-archive.ts';
import { needsRestore } from './timeline-buckets.ts';

/** The beginning of an object, as stored. */
export type ObjectHead = {
  readonly object: WalkedObject;
  readonly bytes: Uint8Array;
  /** It is all of the object. */
  readonly isWhole: boolean;
};

/** Of one object: what could not be read is told of, and leaves the others alone. */
export type HeadRead =
  | { readonly ok: true; readonly head: ObjectHead }
  | { readonly ok: false; readonly looked: LookedObject };

/** @throws AwsFailure where no object could be read any better, e.g. `access-denied` */
export async function readHead(
  { store, source }: OpenArchive,
  object: WalkedObject,
  bytesMax: number,
  signal: AbortSignal,
): Promise<HeadRead> {
  const { key, bytes: storedBytes, storageClass } = object;
  const unread = (words: string): HeadRead => ({
    ok: false,
    looked: { key, storedBytes, readBytes: 0, words, isFaulty: true },
  });
  if (needsRestore(storageClass)) {
    return unread(`Lies in ${storageClass}, and has to be restored before it can be read.`);
  }
  const pieces: Uint8Array[] = [];
  try {
    const from = { bucket: source.bucket, ...object };
    for await (const piece of store.read(from, { toByte: bytesMax }, signal)) pieces.push(piece);
  } catch (error) {
    if (!(error instanceof AwsFailure) || !OF_ONE_OBJECT.has(error.kind)) throw error;
    return unread(error.message);
  }
  const bytes = Buffer.concat(pieces);
  return { ok: true, head: { object, bytes, isWhole: bytes.length === storedBytes } };
}

const OF_ONE_OBJECT: ReadonlySet<AwsFailure['kind']> = new Set([
  'not-found',
  'changed',
  'needs-restore',
  'encryption-key',
]);

/** So exactly is it known what of a head was used. */
const CHUNK_BYTES = 16_384;

/**
 * What comes out of a head, up to `bytesMax`; of a member that the head cuts off, as much as is there, though no
 * checksum proves it.
 * @returns `isWhole` where it is all of the object, proved right; `usedBytes`: of the head, what it was made of
 */
export async function decodeHead(
  { bytes, isWhole }: ObjectHead,
  compression: Compression,
  bytesMax: number,
): Promise<{
  readonly bytes: Uint8Array;
  readonly isWhole: boolean;
  readonly usedBytes: number;
}> {
  const options = {
    compression,
    storedBytes: bytes.length,
    limits: { ...DECOMPRESS_LIMITS, heldBytesMax: 0 },
    decoders: NODE_DECODERS,
  };
  const pieces: Uint8Array[] = [];
  let length = 0;
  let usedBytes = 0;
  const counted = async function* () {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.subarray(at, at + CHUNK_BYTES);
      usedBytes += chunk.length;
      yield chunk;
    }
  };
  const stages = decompress(counted(), options);
  for (;;) {
    const { done, value } = await stages.next();
    if (done === true) {
      return { bytes: Buffer.concat(pieces), isWhole: isWhole && value.fault === null, usedBytes };
    }
    pieces.push(value);
    length += value.length;
    if (length >= bytesMax) break;
  }
  await stages[Symbol.asyncDispose]();
  return { bytes: Buffer.concat(pieces).subarray(0, bytesMax), isWhole: false, usedBytes };
}

export async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
