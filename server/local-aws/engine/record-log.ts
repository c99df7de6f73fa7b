import { ArenaSegment } from './arena-segment.ts';
import type { CapShare } from './byte-cap.ts';
import type { Segment } from './segment.ts';
import { SharedSegment } from './shared-segment.ts';

/** Segments grow from small to large, so that 10,000 quiet shards stay cheap and busy ones efficient. */
const SEGMENT_BYTES_FIRST = 4 * 1_024;
const SEGMENT_BYTES_MAX = 1_024 * 1_024;
const SHARED_ENTRIES_FIRST = 32;
const SHARED_ENTRIES_MAX = 4_096;

/** Ordinal of the first record of a shard; 0 is the shard's own starting sequence number. */
const FIRST_ORDINAL = 1;

/**
 * The records of one shard in the order of their arrival, addressed by ordinal: 1, 2, 3... without a
 * gap. Trimmed from the front by whole segments, which leaves ordinals as they are.
 */
export class RecordLog {
  readonly #cap: CapShare;
  readonly #segments: Segment[] = [];
  #firstOrdinal = FIRST_ORDINAL;
  #nextOrdinal = FIRST_ORDINAL;
  #segmentBytes = SEGMENT_BYTES_FIRST;
  #sharedEntries = SHARED_ENTRIES_FIRST;
  #lastArrivalMs = 0;

  constructor(cap: CapShare) {
    this.#cap = cap;
  }

  /** Ordinal of the oldest record still held; equals `nextOrdinal` when none is. */
  get firstOrdinal(): number {
    return this.#firstOrdinal;
  }

  /** Ordinal that the next record will get. */
  get nextOrdinal(): number {
    return this.#nextOrdinal;
  }

  /** Arrival of the newest record ever put, also where it was trimmed since; 0 before the first. */
  get lastArrivalMs(): number {
    return this.#lastArrivalMs;
  }

  /**
   * @param shared keep a reference to `data` instead of a copy; the caller then never writes to it again.
   * @returns the record's ordinal.
   */
  append(
    partitionKey: string,
    keyBytes: number,
    data: Uint8Array,
    arrivalMs: number,
    shared: boolean,
  ): number {
    const last = this.#segments.at(-1);
    const kindFits = last !== undefined && last instanceof SharedSegment === shared;
    if (!kindFits || !last.append(partitionKey, keyBytes, data, arrivalMs)) {
      if (kindFits) {
        this.#grow(shared);
      }
      const opened = this.#open(keyBytes + data.length, shared, arrivalMs);
      opened.append(partitionKey, keyBytes, data, arrivalMs);
    }
    this.#lastArrivalMs = arrivalMs;
    this.#nextOrdinal += 1;
    return this.#nextOrdinal - 1;
  }

  /** Segments holding `ordinal` and what follows it, oldest first, for a read. */
  *segmentsFrom(ordinal: number): Generator<Segment> {
    for (let at = this.#segmentIndexOf(ordinal); at < this.#segments.length; at += 1) {
      const segment = this.#segments[at];
      if (segment !== undefined) {
        yield segment;
      }
    }
  }

  /** Ordinal of the first held record that arrived at or after `timeMs`; `nextOrdinal` where none did. */
  ordinalAtOrAfter(timeMs: number): number {
    for (const segment of this.#segments) {
      if (segment.count > 0 && segment.arrivalMs(segment.count - 1) >= timeMs) {
        return segment.firstOrdinal + firstIndexAtOrAfter(segment, timeMs);
      }
    }
    return this.#nextOrdinal;
  }

  /** Frees the segments of which every record arrived before `cutoffMs`. */
  trimBefore(cutoffMs: number): void {
    for (;;) {
      const head = this.#segments[0];
      if (head === undefined || head.count === 0 || head.arrivalMs(head.count - 1) >= cutoffMs) {
        return;
      }
      this.#cap.release(head);
      this.#removeHead(head);
    }
  }

  /** Frees everything: the stream is gone. */
  clear(): void {
    for (const segment of this.#segments) {
      this.#cap.release(segment);
    }
    this.#segments.length = 0;
    this.#firstOrdinal = this.#nextOrdinal;
  }

  #open(recordBytes: number, shared: boolean, nowMs: number): Segment {
    const ordinal = this.#nextOrdinal;
    const segment = shared
      ? new SharedSegment(ordinal, this.#sharedEntries)
      : new ArenaSegment(ordinal, Math.max(this.#segmentBytes, recordBytes));
    this.#segments.push(segment);
    this.#cap.reserve(segment, () => this.#removeHead(segment), nowMs);
    return segment;
  }

  /** A segment was filled, so the next one may be larger. */
  #grow(shared: boolean): void {
    if (shared) {
      this.#sharedEntries = Math.min(this.#sharedEntries * 2, SHARED_ENTRIES_MAX);
    } else {
      this.#segmentBytes = Math.min(this.#segmentBytes * 2, SEGMENT_BYTES_MAX);
    }
  }

  /** A stream's share queues segments in order of birth, so what the cap trims of a shard is always its head. */
  #removeHead(segment: Segment): void {
    if (this.#segments[0] !== segment) {
      throw new Error('A shard is trimmed from its oldest segment on');
    }
    this.#segments.shift();
    this.#firstOrdinal = this.#segments[0]?.firstOrdinal ?? this.#nextOrdinal;
  }

  #segmentIndexOf(ordinal: number): number {
    let low = 0;
    let high = this.#segments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const segment = this.#segments[middle];
      if (segment !== undefined && segment.firstOrdinal + segment.count <= ordinal) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** Arrivals never fall within a shard, so the place of an instant is found by halving. */
function firstIndexAtOrAfter(segment: Segment, timeMs: number): number {
  let low = 0;
  let high = segment.count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (segment.arrivalMs(middle) < timeMs) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
