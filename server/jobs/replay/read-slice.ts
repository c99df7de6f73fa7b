import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { backoffMs } from '#lib/domain/replay/emit/backoff.ts';
import type { RecordFilter } from '#lib/domain/replay/filter/record-filter.ts';
import { hasOrdinal, lowWater } from '#lib/domain/replay/job/ordinals.ts';
import type { Position } from '#lib/domain/replay/job/position.ts';
import {
  isSettled,
  type SliceProgress,
  unreadableRest,
} from '#lib/domain/replay/job/slice-progress.ts';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import type { ReplayQuarantineReason } from '#lib/domain/replay/quarantine-reason.ts';
import type { ObjectVersion, ReplayRecord } from '#lib/domain/replay/record.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { Outcome, QuarantinedPart } from '#lib/domain/replay/transform/decode-object.ts';
import {
  type TransformTools,
  transformObject,
} from '#lib/domain/replay/transform/transform-object.ts';
import { wait } from '#server/collector/wait.ts';
import type { NewQuarantine } from '#server/db/replay/quarantine-write.ts';

/** What lies in an archive, to be read from its first byte. Throws AwsFailure, as ArchiveStore does. */
export type ArchiveReader = (
  object: ListedObject & Pick<ObjectVersion, 'bucket'>,
  signal: AbortSignal,
) => AsyncIterable<Uint8Array>;

/** Where the units of a slice go, in archive order. */
export type UnitSink = {
  /** Resolves when another unit is taken. @throws the signal's reason */
  room(): Promise<void> | null;
  send(record: ReplayRecord, at: Position, object: ListedObject): void;
  settle(as: 'filtered' | 'deduplicated', at: Position): void;
  quarantine(rows: readonly NewQuarantine[]): void;
  objectEnd(object: number, units: number, storedBytes: number): void;
};

export type SliceSource = {
  /** By its place in the manifest. */
  objectAt(place: number): Promise<ListedObject>;
  readonly read: ArchiveReader;
  readonly settings: Pick<ReplaySettings, 'source' | 'transform'>;
  readonly tools: TransformTools;
  /** One that remembers nothing. */
  newFilter(): RecordFilter;
  /** As many records back a copy is sure to be known; null: copies are sent. */
  readonly remembered: number | null;
};

/**
 * Reads the objects of a slice that have not come to their end, and gives each unit that was not settled before where it
 * belongs, once. What cannot be read now is read again from its beginning, where the same decoder makes the same units;
 * what can never be read goes to quarantine.
 * @param progress the checkpoint that the slice was taken over with
 * @throws AwsFailure where a person has to see to it, or the signal's reason
 */
export async function readSlice(
  source: SliceSource,
  progress: SliceProgress,
  sink: UnitSink,
  signal: AbortSignal,
): Promise<void> {
  const { last } = progress.objects;
  const open = progress.objects.first + lowWater(progress.done);
  const filter = await filterAt(source, progress, open, signal);
  for (let place = open; place <= last; place += 1) {
    const isDone = hasOrdinal(progress.done, place - progress.objects.first);
    if (isDone && source.remembered === null) continue;
    const object = await source.objectAt(place);
    const to = isDone ? NOWHERE : sink;
    await new ObjectReading({ ...source, filter }, progress, to, place, object).run(signal);
  }
}

/**
 * The filter as it was when the slice's last holder came to `open`: where copies are looked for, as many objects before it
 * are read once more as hold the records that have to be remembered. That costs a reading of these, at each takeover.
 */
async function filterAt(
  source: SliceSource,
  progress: SliceProgress,
  open: number,
  signal: AbortSignal,
): Promise<RecordFilter> {
  const { remembered } = source;
  const { first } = progress.objects;
  if (remembered === null || open === first) return source.newFilter();
  const { emitted, deduplicated, objectsCompleted } = progress.ledger;
  const perObject = Math.max(1, (emitted + deduplicated) / Math.max(1, objectsCompleted));
  for (let back = Math.ceil(remembered / perObject) + 1; ; back *= 4) {
    const filter = source.newFilter();
    const from = Math.max(first, open - back);
    let known = 0;
    for (let place = from; place < open; place += 1) {
      const object = await source.objectAt(place);
      const reading = new ObjectReading({ ...source, filter }, progress, NOWHERE, place, object);
      known += await reading.run(signal);
    }
    if (known >= remembered || from === first) return filter;
  }
}

/** For what is read only to be remembered: it was settled before. */
const NOWHERE: UnitSink = {
  room: () => null,
  send: () => undefined,
  settle: () => undefined,
  quarantine: () => undefined,
  objectEnd: () => undefined,
};

type FilteredSource = SliceSource & { readonly filter: RecordFilter };

class ObjectReading {
  readonly #source: FilteredSource;
  readonly #progress: SliceProgress;
  readonly #sink: UnitSink;
  readonly #place: number;
  readonly #object: ListedObject;
  readonly #version: ObjectVersion;
  /** Units that were given away, however often the object had to be read. */
  #units = 0;
  #kept = 0;

  constructor(
    source: FilteredSource,
    progress: SliceProgress,
    sink: UnitSink,
    place: number,
    object: ListedObject,
  ) {
    this.#source = source;
    this.#progress = progress;
    this.#sink = sink;
    this.#place = place;
    this.#object = object;
    const { bucket } = source.settings.source;
    this.#version = { bucket, key: object.key, etag: object.etag };
  }

  /** @returns how many of its records a filter took that was not asked before */
  async run(signal: AbortSignal): Promise<number> {
    for (let failures = 0; ; ) {
      const unitsBefore = this.#units;
      try {
        await this.#read(signal);
        this.#sink.objectEnd(this.#place, this.#units, this.#object.bytes);
        return this.#kept;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof AwsFailure)) throw error;
        const reason = isUnreadable(error);
        if (reason !== undefined) {
          this.#giveUp(reason, error.message);
          return this.#kept;
        }
        if (!error.retryable) throw error;
        failures = this.#units > unitsBefore ? 1 : failures + 1;
        await wait(backoffMs(failures, Math.random()), signal);
        signal.throwIfAborted();
      }
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { read, settings, tools } = this.#source;
    const { bucket } = this.#version;
    const bytes = read({ ...this.#object, bucket }, signal);
    const stored = { ...this.#version, storedBytes: this.#object.bytes };
    for await (const outcomes of transformObject(bytes, stored, settings.transform, tools)) {
      for (const outcome of outcomes) {
        const taken = this.#take(outcome, signal);
        // Most are taken at once, and to wait for nothing costs as much as the rest of it.
        if (taken !== undefined) await taken;
      }
    }
  }

  #take(outcome: Outcome, signal: AbortSignal): Promise<void> | undefined {
    const { place } = outcome.kind === 'record' ? outcome.record : outcome;
    // Given away by a reading that broke off.
    if (place.ordinal < this.#units) return undefined;
    const room = this.#sink.room();
    if (room !== null) {
      return room.then(() => {
        signal.throwIfAborted();
        return this.#take(outcome, signal);
      });
    }
    this.#units = place.ordinal + 1;
    this.#give(outcome, { object: this.#place, ordinal: place.ordinal });
    return undefined;
  }

  #give(outcome: Outcome, at: Position): void {
    const isDone = isSettled(this.#progress, at);
    if (isDone && (this.#source.remembered === null || outcome.kind !== 'record')) return;
    if (outcome.kind === 'quarantined') {
      this.#sink.quarantine([partRow(outcome, at, this.#object)]);
      return;
    }
    const { record } = outcome;
    const verdict = this.#source.filter.judge(record, this.#version);
    if (verdict.kind === 'kept') this.#kept += 1;
    if (isDone) return;
    switch (verdict.kind) {
      case 'kept':
        this.#sink.send(record, at, this.#object);
        return;
      case 'dropped':
        this.#sink.settle(verdict.reason === 'duplicate' ? 'deduplicated' : 'filtered', at);
        return;
      case 'failed':
        this.#sink.quarantine([
          recordRow(record, at, this.#object, 'expression-failed', verdict.message),
        ]);
        return;
    }
  }

  #giveUp(reason: ReplayQuarantineReason, message: string): void {
    const { spans, units } = unreadableRest(this.#progress, this.#place, this.#units);
    const { key: objectKey, etag, bytes } = this.#object;
    const row = { objectKey, etag, reason, message, bytes: Buffer.alloc(0), byteCount: bytes };
    this.#sink.quarantine(spans.map((span) => ({ ...span, ...row })));
    this.#sink.objectEnd(this.#place, units, bytes);
  }
}

/** Failures of S3 that say that this object will never be readable as it was planned. */
const UNREADABLE: Partial<Record<AwsFailure['kind'], ReplayQuarantineReason>> = {
  changed: 'object-changed',
  'not-found': 'object-gone',
  'needs-restore': 'object-needs-restore',
};

/** A bucket that is gone is no matter of one object: a person has to see to it. */
function isUnreadable({ kind, cause }: AwsFailure): ReplayQuarantineReason | undefined {
  return cause instanceof Error && cause.name === 'NoSuchBucket' ? undefined : UNREADABLE[kind];
}

/** What the decoder could make nothing of. */
function partRow(
  { reason, place, bytes, stored }: QuarantinedPart,
  { object, ordinal }: Position,
  { key: objectKey, etag }: ListedObject,
): NewQuarantine {
  const { start, end, sub } = place;
  const lies = stored ?? place;
  return {
    ...{ object, first: ordinal, last: ordinal, objectKey, etag, start, end, sub, reason },
    message: stored === null ? null : `Stored bytes ${stored.start} to ${stored.end - 1}.`,
    bytes: Buffer.from(bytes),
    byteCount: lies.end - lies.start,
  };
}

/** A record that is not sent, with its bytes. */
export function recordRow(
  record: ReplayRecord,
  { object, ordinal }: Position,
  { key: objectKey, etag }: Pick<ListedObject, 'key' | 'etag'>,
  reason: ReplayQuarantineReason,
  message: string | null,
): NewQuarantine {
  const { start, end, sub } = record.place;
  return {
    ...{ object, first: ordinal, last: ordinal, objectKey, etag, start, end, sub, reason, message },
    partitionKey: record.partitionKey,
    explicitHashKey: record.explicitHashKey?.toString() ?? null,
    bytes: Buffer.from(record.data),
    byteCount: record.data.length,
  };
}
