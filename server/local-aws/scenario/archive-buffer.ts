import {
  type ArchivedRecord,
  type ArchiveKind,
  archiveKey,
  type SealedBuffer,
} from './archive-object.ts';

/** When a buffer is closed, by whichever comes first: Firehose's buffering hints. */
export type BufferingHints = { readonly bytesMax: number; readonly ageMaxMs: number };

/** Collects records for one kind of archive, and seals what is due. */
export class ArchiveBuffer {
  readonly #kind: ArchiveKind;
  readonly #streamName: string;
  readonly #hints: BufferingHints;
  readonly #newId: () => string;
  #records: ArchivedRecord[] = [];
  #bytes = 0;
  #openedAtMs = 0;

  constructor(init: {
    readonly kind: ArchiveKind;
    readonly streamName: string;
    readonly hints: BufferingHints;
    readonly newId: () => string;
  }) {
    this.#kind = init.kind;
    this.#streamName = init.streamName;
    this.#hints = init.hints;
    this.#newId = init.newId;
  }

  /** @returns the buffer, where this record has filled it. */
  add(record: ArchivedRecord, nowMs: number): SealedBuffer | null {
    if (this.#records.length === 0) {
      this.#openedAtMs = nowMs;
    }
    this.#records.push(record);
    this.#bytes += record.data.length;
    return this.#bytes >= this.#hints.bytesMax ? this.#seal() : null;
  }

  /** @returns the buffer, where it holds something and is old enough. */
  sealIfOld(nowMs: number): SealedBuffer | null {
    const isOld = nowMs - this.#openedAtMs >= this.#hints.ageMaxMs;
    return isOld && this.#records.length > 0 ? this.#seal() : null;
  }

  #seal(): SealedBuffer {
    const records = this.#records;
    const oldestMs = records.reduce((oldest, r) => Math.min(oldest, r.arrivalMs), Infinity);
    this.#records = [];
    this.#bytes = 0;
    return {
      kind: this.#kind,
      streamName: this.#streamName,
      key: archiveKey(this.#kind, this.#streamName, oldestMs, this.#newId()),
      records,
    };
  }
}
