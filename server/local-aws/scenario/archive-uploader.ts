import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { encodeArchive, type SealedBuffer } from './archive-object.ts';

export const ARCHIVE_BUCKET = 'kinetoscope-archive';

/** S3 is in memory here: beyond so many bytes the oldest objects are removed, as a lifecycle rule would. */
const STORED_BYTES_MAX = 256 * 1_048_576;

/** Rest between two objects of a backlog, so that the rest of the world keeps its pace. */
const PAUSE_MS = 40;
const RETRY_MS = 2_000;

/** Writes sealed buffers to S3, one after the other, in the order in which they were sealed. */
export class ArchiveUploader {
  readonly #s3: S3Client;
  readonly #onStored: (sealed: SealedBuffer) => void;
  readonly #onFault: (error: unknown, sealed: SealedBuffer) => void;
  readonly #waiting: SealedBuffer[] = [];
  readonly #stored: { readonly key: string; readonly bytes: number }[] = [];
  readonly #stopped = new AbortController();
  #storedBytes = 0;
  #wake: (() => void) | null = null;

  constructor(init: {
    readonly s3: S3Client;
    readonly onStored: (sealed: SealedBuffer) => void;
    /** Told of an upload that failed; it is tried again. */
    readonly onFault: (error: unknown, sealed: SealedBuffer) => void;
  }) {
    this.#s3 = init.s3;
    this.#onStored = init.onStored;
    this.#onFault = init.onFault;
  }

  /** Sealed buffers that are not in S3 yet. */
  get waitingCount(): number {
    return this.#waiting.length;
  }

  accept(sealed: SealedBuffer): void {
    this.#waiting.push(sealed);
    this.#wake?.();
  }

  /** Makes the bucket. @throws Error of the SDK. */
  async createBucket(): Promise<void> {
    await this.#s3.send(new CreateBucketCommand({ Bucket: ARCHIVE_BUCKET }));
  }

  /** Uploads until `stop`. */
  async run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      const next = this.#waiting[0];
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        continue;
      }
      const isStored = await this.#upload(next);
      if (isStored) {
        this.#waiting.shift();
      }
      await this.#rest(isStored ? PAUSE_MS : RETRY_MS);
    }
  }

  stop(): void {
    this.#stopped.abort();
    this.#wake?.();
  }

  async #upload(sealed: SealedBuffer): Promise<boolean> {
    try {
      const body = await encodeArchive(sealed);
      await this.#s3.send(
        new PutObjectCommand({ Bucket: ARCHIVE_BUCKET, Key: sealed.key, Body: body }),
      );
      this.#onStored(sealed);
      await this.#makeRoom(sealed.key, body.length);
      return true;
    } catch (error) {
      if (!this.#stopped.signal.aborted) {
        this.#onFault(error, sealed);
      }
      return false;
    }
  }

  async #makeRoom(key: string, bytes: number): Promise<void> {
    this.#stored.push({ key, bytes });
    this.#storedBytes += bytes;
    while (this.#storedBytes > STORED_BYTES_MAX) {
      const oldest = this.#stored.shift();
      if (oldest === undefined) {
        return;
      }
      this.#storedBytes -= oldest.bytes;
      await this.#s3.send(new DeleteObjectCommand({ Bucket: ARCHIVE_BUCKET, Key: oldest.key }));
    }
  }

  async #rest(ms: number): Promise<void> {
    try {
      await sleep(ms, undefined, { signal: this.#stopped.signal });
    } catch {
      // Stopped: the loop sees it.
    }
  }
}
