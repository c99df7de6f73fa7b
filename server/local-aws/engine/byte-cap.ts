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
 * The engine's memory for records, over all streams. When the reserved bytes exceed the cap, the
 * segments that were begun first go first; readers at TRIM_HORIZON then begin after them.
 */
export class ByteCap {
  readonly #maxBytes: number;
  readonly #onTrim: (report: TrimReport) => void;
  /** In order of birth, as a Map iterates; the value takes the segment out of its log. */
  readonly #living = new Map<Segment, () => void>();
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

  /**
   * Counts a new segment, and trims the oldest others until the cap holds again. The newest segment
   * always stays: without it, a record larger than the cap could not be taken at all.
   * @param remove takes the segment out of its log; called when the cap drops it.
   */
  reserve(segment: Segment, remove: () => void, nowMs: number): void {
    this.#reserved += segment.reservedBytes;
    for (const [oldest, removeOldest] of this.#living) {
      if (this.#reserved <= this.#maxBytes) {
        break;
      }
      this.release(oldest);
      removeOldest();
      this.#countTrimmed(oldest);
    }
    this.#living.set(segment, remove);
    this.#report(nowMs);
  }

  /** Uncounts a segment that its log trims by itself, by retention or with its stream. */
  release(segment: Segment): void {
    if (this.#living.delete(segment)) {
      this.#reserved -= segment.reservedBytes;
    }
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
