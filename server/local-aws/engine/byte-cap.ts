import type { Segment } from './segment.ts';

/** At most one report in so long, however fast data is trimmed. */
const REPORT_EVERY_MS = 10_000;

/** Told when the cap, and not retention, took data: what went since the report before. */
export type TrimReport = {
  readonly atMs: number;
  readonly segments: number;
  readonly records: number;
  readonly recordBytes: number;
  /** Arrival of the newest record that was trimmed: readers behind it lost data. */
  readonly newestTrimmedArrivalMs: number;
};

const NOTHING_TRIMMED = { segments: 0, records: 0, recordBytes: 0, newestTrimmedArrivalMs: 0 };

/**
 * The engine's memory for records, over all streams. When the reserved bytes exceed the cap, the stream
 * that takes most of it gives way, the segments that it began first going first; readers at TRIM_HORIZON
 * then begin after them. So a torrent costs a trickle beside it nothing of its retention.
 */
export class ByteCap {
  readonly #maxBytes: number;
  readonly #onTrim: (report: TrimReport) => void;
  readonly #shares = new Set<CapShare>();
  #reserved = 0;
  #trimmedRecords = 0;
  #trimmedRecordBytes = 0;
  #pending = NOTHING_TRIMMED;
  #nextReportMs = 0;

  constructor(maxBytes: number, onTrim: (report: TrimReport) => void) {
    this.#maxBytes = maxBytes;
    this.#onTrim = onTrim;
  }

  /** Memory reserved by living segments, in bytes. */
  get reservedBytes(): number {
    return this.#reserved;
  }

  /** Records that the cap has trimmed since the engine was opened. */
  get trimmedRecords(): number {
    return this.#trimmedRecords;
  }

  get trimmedRecordBytes(): number {
    return this.#trimmedRecordBytes;
  }

  /** The account of one stream under this cap. */
  openShare(): CapShare {
    const share: CapShare = new CapShare({
      grow: (bytes, nowMs) => {
        this.#shares.add(share);
        this.#reserved += bytes;
        this.#makeRoom();
        this.#report(nowMs);
      },
      shrink: (bytes) => {
        this.#reserved -= bytes;
        if (share.reservedBytes === 0) {
          this.#shares.delete(share);
        }
      },
    });
    return share;
  }

  #makeRoom(): void {
    while (this.#reserved > this.#maxBytes) {
      const trimmed = this.#largestShare()?.trimOldest();
      if (trimmed == null) {
        return;
      }
      this.#countTrimmed(trimmed);
    }
  }

  #largestShare(): CapShare | null {
    let largest: CapShare | null = null;
    for (const share of this.#shares) {
      if (share.isTrimmable && (largest === null || share.reservedBytes > largest.reservedBytes)) {
        largest = share;
      }
    }
    return largest;
  }

  #countTrimmed(segment: Segment): void {
    this.#trimmedRecords += segment.count;
    this.#trimmedRecordBytes += segment.recordBytes;
    const pending = this.#pending;
    this.#pending = {
      segments: pending.segments + 1,
      records: pending.records + segment.count,
      recordBytes: pending.recordBytes + segment.recordBytes,
      newestTrimmedArrivalMs: Math.max(
        pending.newestTrimmedArrivalMs,
        segment.count === 0 ? 0 : segment.arrivalMs(segment.count - 1),
      ),
    };
  }

  #report(nowMs: number): void {
    if (this.#pending.segments === 0 || nowMs < this.#nextReportMs) {
      return;
    }
    this.#nextReportMs = nowMs + REPORT_EVERY_MS;
    this.#onTrim({ atMs: nowMs, ...this.#pending });
    this.#pending = NOTHING_TRIMMED;
  }
}

/** What one stream holds under the cap. */
export class CapShare {
  readonly #account: CapAccount;
  /** In order of birth, as a Map iterates; the value takes the segment out of its log. */
  readonly #living = new Map<Segment, () => void>();
  #reserved = 0;

  constructor(account: CapAccount) {
    this.#account = account;
  }

  get reservedBytes(): number {
    return this.#reserved;
  }

  /** The newest segment always stays: without it, a record larger than the cap could not be taken at all. */
  get isTrimmable(): boolean {
    return this.#living.size > 1;
  }

  /**
   * Counts a new segment, and lets the cap trim until it holds again.
   * @param remove takes the segment out of its log; called when the cap drops it.
   */
  reserve(segment: Segment, remove: () => void, nowMs: number): void {
    this.#living.set(segment, remove);
    this.#reserved += segment.reservedBytes;
    this.#account.grow(segment.reservedBytes, nowMs);
  }

  /** Uncounts a segment that its log trims by itself, by retention or with its stream. */
  release(segment: Segment): void {
    if (this.#living.delete(segment)) {
      this.#reserved -= segment.reservedBytes;
      this.#account.shrink(segment.reservedBytes);
    }
  }

  /** @returns the segment that was begun first, taken out of its log; null where there is none to spare. */
  trimOldest(): Segment | null {
    const oldest = this.isTrimmable ? this.#living.entries().next().value : undefined;
    if (oldest === undefined) {
      return null;
    }
    const [segment, remove] = oldest;
    this.release(segment);
    remove();
    return segment;
  }
}

/** Where a share's bytes are added up with all others'. */
type CapAccount = {
  grow(bytes: number, nowMs: number): void;
  shrink(bytes: number): void;
};
