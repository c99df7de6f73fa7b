import { commitGroup } from '#lib/domain/replay/job/commit-group.ts';
import type { Answer, Intent, JournalEntry } from '#lib/domain/replay/job/journal.ts';
import { hasOrdinal } from '#lib/domain/replay/job/ordinals.ts';
import type { Position, Span } from '#lib/domain/replay/job/position.ts';
import type { SliceProgress } from '#lib/domain/replay/job/slice-progress.ts';
import type { NewQuarantine } from '#server/db/replay/quarantine-write.ts';
import type { SliceWrite } from '#server/db/replay/slice-commit.ts';
import type { ClaimedSlice } from '#server/db/replay/slice-lease.ts';

/** More of what is in quarantine is not held in memory: it has to be written first. */
const QUARANTINE_BYTES_MAX = 8 * 1_048_576;
/** A checkpoint that says more at once takes too long. */
const SPANS_MAX = 20_000;

/** The bookkeeping is at odds with itself: going on would lose count. A fault of ours. */
export class JournalFault extends Error {
  override readonly name = 'JournalFault';
}

/** What is written at once, gathered since the group before. */
export type OpenGroup = {
  /** @param withIntents false where nothing may be sent: then what was heard is written alone */
  write(withIntents: boolean): SliceWrite | null;
  /** What was asked for last is written. */
  done(): void;
};

/**
 * What a worker has to write down of its slice, and how far the slice is by what was written. No I/O: groups are handed
 * out, one at a time, and what is noted meanwhile belongs to the next.
 */
export class SliceJournal {
  #progress: SliceProgress;
  #storedBytesDone: number;
  #archiveMs: number | null;
  #heard: JournalEntry[] = [];
  #intents: Intent[] = [];
  #quarantined: NewQuarantine[] = [];
  #quarantinedBytes = 0;
  #spans = 0;
  /** The settling that the next unit may lie right behind. */
  #settling: { readonly as: string; readonly span: { last: number } & Span } | null = null;
  /** Of objects that were read to their end and are not written as done. */
  readonly #storedBytes = new Map<number, number>();

  constructor({ progress, storedBytesDone, archiveMs }: ClaimedSlice) {
    this.#progress = progress;
    this.#storedBytesDone = storedBytesDone;
    this.#archiveMs = archiveMs;
  }

  /** As it was last written. */
  get progress(): SliceProgress {
    return this.#progress;
  }

  get isEmpty(): boolean {
    return this.#heard.length === 0 && this.#intents.length === 0;
  }

  /** Whether so much waits to be written that nothing more should be read. */
  get isFull(): boolean {
    return this.#quarantinedBytes >= QUARANTINE_BYTES_MAX || this.#spans >= SPANS_MAX;
  }

  settle(as: 'filtered' | 'deduplicated', { object, ordinal }: Position): void {
    const open = this.#settling;
    if (open?.as === as && open.span.object === object && open.span.last === ordinal - 1) {
      open.span.last = ordinal;
      return;
    }
    const span = { object, first: ordinal, last: ordinal };
    this.#settling = { as, span };
    this.#spans += 1;
    this.#heard.push({ kind: 'settle', as, spans: [span] });
  }

  /** A row for each span. */
  quarantine(rows: readonly NewQuarantine[]): void {
    const spans = rows.map(({ object, first, last }) => ({ object, first, last }));
    this.#spans += spans.length;
    if (spans.length > 0) this.#heard.push({ kind: 'settle', as: 'quarantined', spans });
    for (const row of rows) {
      this.#quarantined.push(row);
      this.#quarantinedBytes += row.bytes.length;
    }
  }

  objectEnd(object: number, units: number, storedBytes: number): void {
    this.#heard.push({ kind: 'object-end', object, units });
    this.#storedBytes.set(object, storedBytes);
  }

  intend(intent: Intent): void {
    this.#spans += intent.spans.length;
    this.#intents.push(intent);
  }

  /** @param archiveMs the newest time of what was acknowledged; null: not known */
  answer(answer: Answer, archiveMs: number | null): void {
    this.#spans += answer.acknowledged.length;
    this.#heard.push(answer);
    if (archiveMs !== null) this.#archiveMs = Math.max(archiveMs, this.#archiveMs ?? archiveMs);
  }

  /** So many records were acknowledged after a later one of their key. */
  inverted(records: number): void {
    if (records > 0) this.#heard.push({ kind: 'inversions', records });
  }

  /** Takes what was noted; it has to be written before the next group is taken, or the slice given up. */
  take(): OpenGroup {
    const heard = this.#heard.splice(0);
    const intents = this.#intents.splice(0);
    const quarantined = this.#quarantined.splice(0);
    const archiveMs = this.#archiveMs;
    this.#settling = null;
    this.#quarantinedBytes = 0;
    this.#spans = 0;
    let written: SliceWrite | null = null;
    return {
      write: (withIntents) => {
        const entries = withIntents ? [...heard, ...intents] : heard;
        if (entries.length === 0) return null;
        const { token } = this.#progress;
        const committed = commitGroup(this.#progress, { token, entries });
        if (!committed.ok) throw new JournalFault(committed.fault);
        const { progress } = committed;
        const storedBytesDone = this.#storedBytesDone + this.#endedBytes(progress);
        written = { progress, storedBytesDone, archiveMs, quarantined };
        return written;
      },
      done: () => {
        if (written === null) return;
        const { progress, storedBytesDone } = written;
        this.#progress = progress;
        this.#storedBytesDone = storedBytesDone;
        for (const object of this.#storedBytes.keys()) {
          if (isEnded(progress, object)) this.#storedBytes.delete(object);
        }
      },
    };
  }

  #endedBytes(progress: SliceProgress): number {
    let sum = 0;
    for (const [object, bytes] of this.#storedBytes) {
      if (isEnded(progress, object)) sum += bytes;
    }
    return sum;
  }
}

function isEnded({ done, objects }: SliceProgress, object: number): boolean {
  return hasOrdinal(done, object - objects.first);
}
