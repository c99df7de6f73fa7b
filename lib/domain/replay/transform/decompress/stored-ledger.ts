import type { DecompressReport, StoredFault, StoredSpan } from './report.ts';

const PADDINGS_KEPT = 100;

/** Keeps account of an object's stored bytes while it is decompressed. */
export class StoredLedger {
  readonly #storedBytes: number;
  #memberBytes = 0;
  #memberCount = 0;
  #paddingBytes = 0;
  readonly #paddings: StoredSpan[] = [];
  decodedBytes = 0;

  constructor(storedBytes: number) {
    this.#storedBytes = storedBytes;
  }

  addMember({ start, end }: StoredSpan): void {
    this.#memberBytes += end - start;
    this.#memberCount += 1;
  }

  /** What belongs to members, and is none: what lists them. */
  addFrame({ start, end }: StoredSpan): void {
    this.#memberBytes += end - start;
  }

  addPadding(span: StoredSpan): void {
    if (span.end === span.start) return;
    this.#paddingBytes += span.end - span.start;
    if (this.#paddings.length < PADDINGS_KEPT) this.#paddings.push(span);
  }

  whole(): DecompressReport {
    return this.#report(0, null, 0);
  }

  /**
   * @param start of the member that is at fault
   * @param unprovedBytes what had come out of it
   */
  brokenOff(start: number, reason: StoredFault, unprovedBytes: number): DecompressReport {
    const end = this.#storedBytes;
    return this.#report(end - start, { start, end, reason }, unprovedBytes);
  }

  #report(
    faultyBytes: number,
    fault: DecompressReport['fault'],
    unprovedBytes: number,
  ): DecompressReport {
    return {
      memberBytes: this.#memberBytes,
      memberCount: this.#memberCount,
      paddingBytes: this.#paddingBytes,
      paddings: this.#paddings,
      faultyBytes,
      fault,
      decodedBytes: this.decodedBytes,
      unprovedBytes,
    };
  }
}
