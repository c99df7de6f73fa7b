import { textHash } from '#lib/domain/reshard/text-hash.ts';

/** An object of the archive as the listing had it. */
export type ListedObject = {
  readonly key: string;
  /** Null in a bucket without versions. */
  readonly versionId: string | null;
  /** Without quotes. It is read with If-Match: another content is another object. */
  readonly etag: string;
  /** As stored, so compressed. */
  readonly bytes: number;
  readonly storageClass: string;
  /** When its records arrived, as far as its key tells; epoch milliseconds, both ends within. Null: it does not. */
  readonly times: TimeSpan | null;
};

export type TimeSpan = { readonly fromMs: number; readonly toMs: number };

/** What a plan stores at once: entries in archive order, from a place on. */
export type ManifestChunk = { readonly first: number; readonly entries: readonly ListedObject[] };

export type ManifestTotals = {
  readonly objects: number;
  readonly bytes: number;
  /** From the first record that any of them may hold to the last; null where no key tells. */
  readonly times: TimeSpan | null;
  /** Taken though nobody knows whether they lie in the window. */
  readonly undated: number;
  /** Objects whose times begin before those of the one before them: the order of keys is not that of time. */
  readonly outOfOrder: number;
  /** Objects that S3 does not give out before they are restored, by storage class. */
  readonly needRestore: ReadonlyMap<string, { readonly objects: number; readonly bytes: number }>;
  /** Of all entries in their order: the same objects have the same. */
  readonly fingerprint: string;
};

/** What the listing came upon: `listed` with all that lies outside the window. */
export type ManifestProgress = { readonly listed: number; readonly objects: number };

/** GLACIER_IR is read at once; of the archive tiers of INTELLIGENT_TIERING a listing does not tell. Reference, section 1. */
const NEED_RESTORE: ReadonlySet<string> = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** Only the last chunk of a manifest has fewer. */
export const CHUNK_OBJECTS = 1_000;

/**
 * Makes a manifest out of a listing of any length, holding one chunk of it at a time: objects go in, in the order of
 * their keys, and full chunks come out to be stored.
 *
 * An object is taken where its times, widened by the padding, meet the window: a delivery that buffered for an hour
 * bears the time of its oldest record. One without times is taken as well, since it may hold what is looked for.
 */
export class ManifestBuilder {
  readonly #window: TimeSpan | null;
  readonly #paddingMs: number;
  #entries: ListedObject[] = [];
  #listed = 0;
  #objects = 0;
  #bytes = 0;
  #times: TimeSpan | null = null;
  #undated = 0;
  #outOfOrder = 0;
  #lastFromMs = Number.NEGATIVE_INFINITY;
  readonly #needRestore = new Map<string, { objects: number; bytes: number }>();
  #fingerprint = '';

  /** @param window null: all of the archive. @param paddingMs one buffer interval of whoever wrote the archive */
  constructor(window: TimeSpan | null, paddingMs: number) {
    this.#window = window;
    this.#paddingMs = paddingMs;
  }

  get progress(): ManifestProgress {
    return { listed: this.#listed, objects: this.#objects };
  }

  /** @returns a chunk as soon as one is full */
  add(object: ListedObject): ManifestChunk | null {
    this.#listed += 1;
    if (!this.#isWanted(object)) return null;
    this.#count(object);
    this.#entries.push(object);
    return this.#entries.length === CHUNK_OBJECTS ? this.#takeChunk() : null;
  }

  /** The listing is at its end. @returns the last chunk, where one is begun, and what there is in all */
  finish(): { readonly chunk: ManifestChunk | null; readonly totals: ManifestTotals } {
    const chunk = this.#entries.length === 0 ? null : this.#takeChunk();
    return {
      chunk,
      totals: {
        objects: this.#objects,
        bytes: this.#bytes,
        times: this.#times,
        undated: this.#undated,
        outOfOrder: this.#outOfOrder,
        needRestore: this.#needRestore,
        fingerprint: this.#fingerprint,
      },
    };
  }

  #isWanted({ times }: ListedObject): boolean {
    if (this.#window === null || times === null) return true;
    return (
      times.fromMs - this.#paddingMs <= this.#window.toMs &&
      times.toMs + this.#paddingMs >= this.#window.fromMs
    );
  }

  #count({ bytes, times, storageClass }: ListedObject): void {
    this.#objects += 1;
    this.#bytes += bytes;
    if (times === null) {
      this.#undated += 1;
    } else {
      if (times.fromMs < this.#lastFromMs) this.#outOfOrder += 1;
      this.#lastFromMs = times.fromMs;
      this.#times = {
        fromMs: Math.min(times.fromMs, this.#times?.fromMs ?? times.fromMs),
        toMs: Math.max(times.toMs, this.#times?.toMs ?? times.toMs),
      };
    }
    if (NEED_RESTORE.has(storageClass)) {
      const of = this.#needRestore.get(storageClass) ?? { objects: 0, bytes: 0 };
      of.objects += 1;
      of.bytes += bytes;
      this.#needRestore.set(storageClass, of);
    }
  }

  #takeChunk(): ManifestChunk {
    const entries = this.#entries;
    this.#entries = [];
    // A chain: each chunk's fingerprint is of those before it, too.
    this.#fingerprint = textHash([
      this.#fingerprint,
      ...entries.flatMap(({ key, versionId, etag, bytes }) => [
        key,
        versionId ?? '',
        etag,
        `${bytes}`,
      ]),
    ]);
    return { first: this.#objects - entries.length, entries };
  }
}
