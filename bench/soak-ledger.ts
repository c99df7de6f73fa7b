/** Where a record went, as the answer to its put said. */
export type Receipt = {
  readonly serial: number;
  readonly shardId: string;
  readonly sequenceNumber: bigint;
  /** When the answer came, by `performance.now()`. */
  readonly acceptedAtMs: number;
};

/** Records that a reader has not seen although it has seen a later one of the same key. */
export type Gap = { readonly key: string; readonly receipts: readonly Receipt[] };

export type LedgerCounts = {
  readonly acceptedRecords: number;
  /** Of all readers together. */
  readonly readRecords: number;
  /** Read twice because they were written twice: the answer to the first put was lost. */
  readonly duplicateRecords: number;
  readonly outOfOrder: number;
  readonly corruptRecords: number;
};

type Progress = { serial: number; sequenceNumber: bigint };

type KeyState = {
  accepted: number;
  /** Ascending; those that every reader has passed are dropped. */
  receipts: Receipt[];
  /** Serials whose put was repeated without knowing whether it had been done. */
  readonly repeated: Set<number>;
  /** By reader. */
  readonly progress: readonly Progress[];
};

/**
 * What was put and what was read of one stream, by key. The producer of a key puts the next record only when the one
 * before was accepted, so every reader has to find serials 1, 2, 3... with rising sequence numbers.
 */
export class SoakLedger {
  readonly #readerCount: number;
  readonly #keys = new Map<string, KeyState>();
  /** Serials that each reader has passed, over all keys. */
  readonly #passed: number[];
  #accepted = 0;
  #read = 0;
  #duplicates = 0;
  #outOfOrder = 0;
  #corrupt = 0;

  constructor(readerCount: number) {
    this.#readerCount = readerCount;
    this.#passed = Array.from({ length: readerCount }, () => 0);
  }

  accept(key: string, receipt: Receipt): void {
    const state = this.#stateOf(key);
    state.accepted = receipt.serial;
    state.receipts.push(receipt);
    this.#accepted += 1;
  }

  /** Notes that a record may have been written, but is going to be put again. */
  repeat(key: string, serial: number): void {
    this.#stateOf(key).repeated.add(serial);
  }

  /**
   * Notes what a reader found.
   * @returns how many serials of the key it has passed over.
   */
  read(reader: number, key: string, serial: number, sequenceNumber: bigint): number {
    this.#read += 1;
    const state = this.#stateOf(key);
    const progress = this.#progressOf(state, reader);
    if (sequenceNumber <= progress.sequenceNumber) {
      this.#outOfOrder += 1;
      return 0;
    }
    progress.sequenceNumber = sequenceNumber;
    if (serial <= progress.serial) {
      if (serial === progress.serial && state.repeated.has(serial)) {
        this.#duplicates += 1;
      } else {
        this.#outOfOrder += 1;
      }
      return 0;
    }
    const skipped = serial - progress.serial - 1;
    this.#advance(state, reader, serial, skipped > 0);
    return skipped;
  }

  readCorrupt(): void {
    this.#corrupt += 1;
  }

  /** The receipts of the serials below `serial` that a reader has passed over. */
  gapBelow(key: string, serial: number, skipped: number): Gap {
    const receipts = this.#stateOf(key).receipts.filter(
      (receipt) => receipt.serial < serial && receipt.serial >= serial - skipped,
    );
    return { key, receipts };
  }

  /** Records that the slowest reader has yet to read. */
  get backlogRecords(): number {
    return Math.max(0, this.#accepted - Math.min(...this.#passed));
  }

  /** How long the record has waited that has waited longest for a reader. */
  oldestUnreadAgeMs(nowMs: number): number {
    let oldestMs = nowMs;
    for (const { receipts, progress } of this.#keys.values()) {
      const everybodys = Math.min(...progress.map(({ serial }) => serial));
      const waiting = receipts.find(({ serial }) => serial > everybodys);
      oldestMs = Math.min(oldestMs, waiting?.acceptedAtMs ?? nowMs);
    }
    return nowMs - oldestMs;
  }

  /** What a reader has not read at the end, by key. */
  *missing(reader: number): Generator<Gap> {
    for (const [key, state] of this.#keys) {
      const { serial } = this.#progressOf(state, reader);
      if (serial < state.accepted) {
        yield { key, receipts: state.receipts.filter((receipt) => receipt.serial > serial) };
      }
    }
  }

  counts(): LedgerCounts {
    return {
      acceptedRecords: this.#accepted,
      readRecords: this.#read,
      duplicateRecords: this.#duplicates,
      outOfOrder: this.#outOfOrder,
      corruptRecords: this.#corrupt,
    };
  }

  #advance(state: KeyState, reader: number, serial: number, keepReceipts: boolean): void {
    const progress = this.#progressOf(state, reader);
    this.#passed[reader] = (this.#passed[reader] ?? 0) + serial - progress.serial;
    progress.serial = serial;
    if (!keepReceipts) {
      const everybodys = Math.min(...state.progress.map((one) => one.serial));
      const firstKept = state.receipts.findIndex((receipt) => receipt.serial > everybodys);
      state.receipts.splice(0, firstKept < 0 ? state.receipts.length : firstKept);
    }
  }

  #progressOf(state: KeyState, reader: number): Progress {
    const progress = state.progress[reader];
    if (progress === undefined) {
      throw new RangeError(`There is no reader ${reader}`);
    }
    return progress;
  }

  #stateOf(key: string): KeyState {
    let state = this.#keys.get(key);
    if (state === undefined) {
      state = {
        accepted: 0,
        receipts: [],
        repeated: new Set(),
        progress: Array.from({ length: this.#readerCount }, () => ({
          serial: 0,
          sequenceNumber: -1n,
        })),
      };
      this.#keys.set(key, state);
    }
    return state;
  }
}
