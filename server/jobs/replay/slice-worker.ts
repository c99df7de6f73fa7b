import type { HashKey } from '#lib/domain/hash-key.ts';
import { type Batch, SendBuffer } from '#lib/domain/replay/buffer/send-buffer.ts';
import { type SendableRecord, sendableOf } from '#lib/domain/replay/buffer/sendable.ts';
import { backoffMs } from '#lib/domain/replay/emit/backoff.ts';
import {
  answerEntry,
  type Outcome,
  type RequestAnswer,
  readOutcome,
  toSendAgain,
} from '#lib/domain/replay/emit/outcome.ts';
import { PlayTime } from '#lib/domain/replay/emit/play-time.ts';
import type { Intent } from '#lib/domain/replay/job/journal.ts';
import { type Position, spansOf } from '#lib/domain/replay/job/position.ts';
import { isSliceDone } from '#lib/domain/replay/job/slice-progress.ts';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import type { ReplayRecord } from '#lib/domain/replay/record.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { wait } from '#server/collector/wait.ts';
import type { Database } from '#server/db/client.ts';
import { commitSlice, type RunAtCommit } from '#server/db/replay/slice-commit.ts';
import { type ClaimedSlice, releaseSlice, type SliceLease } from '#server/db/replay/slice-lease.ts';
import { ageClock } from './age-clock.ts';
import { readSlice, recordRow, type SliceSource, type UnitSink } from './read-slice.ts';
import { NOT_SENT, type SendRequest } from './replay-sender.ts';
import type { ReplayLimits, ReplayTimes } from './replay-times.ts';
import type { SharedTarget } from './shared-target.ts';
import { SliceJournal } from './slice-journal.ts';

/** What one slice holds in memory, and how far its newest record is ahead of the oldest that is not done. */
const WINDOW = { records: 16_000, bytes: 16 * 1_048_576, reach: 32_000 };

/** A view of more than this many bytes beyond its own would hold them all in memory. */
const SPARE_BYTES_MAX = 16_384;

/** Of a lease, what may have passed since its intent was written for a request to be sent. */
const SENDABLE_SHARE = 0.7;
const RENEWALS_PER_TTL = 3;

/** Of the rest between two commits, what is kept where records wait for those before them, and there are many. */
const ORDERED_SHARE = 1 / 4;
const MUCH_RECORDS = 200;

export type SliceDependencies = {
  readonly database: Database;
  readonly times: ReplayTimes;
  readonly limits: ReplayLimits;
  readonly target: SharedTarget;
  readonly source: SliceSource;
  readonly send: SendRequest;
  readonly hashKeyOf: (partitionKey: string) => HashKey;
  /** Whether the run may have another request under way in this process, of all its slices together. */
  mayRequest(): boolean;
  /** What it heard may let other slices of the run go on. */
  readonly onAnswer: () => void;
  /** All was read: what is left of it is in memory, and the next slice may be read meanwhile. */
  readonly onReadOut: () => void;
  readonly settings: {
    readonly order: 'none' | 'per-key' | 'strict';
    readonly recordBytesMax: number;
    readonly idleGapMs: number;
  };
};

/**
 * Why a slice was let go. `done`: all of it came to its end. `parked`: the run, or this process, is to send no more, and
 * nothing is in flight. `lost`: what was written last is not known, or somebody else has it.
 */
export type SliceEnd =
  | { readonly kind: 'done' | 'parked' }
  | { readonly kind: 'lost'; readonly error: unknown }
  | { readonly kind: 'stopped'; readonly why: { readonly kind: string; readonly words: string } }
  | { readonly kind: 'broken'; readonly error: unknown };

/** `archiveMs`: when it was archived, as far as anybody knows. */
type Outgoing = SendableRecord & { readonly archiveMs: number | null };

type Request = {
  readonly intent: Intent;
  readonly batch: Batch<Outgoing>;
  /** Of the batch's placement. */
  readonly shardIds: readonly ShardId[];
};

/**
 * Sends one slice, in one cycle that is begun again and again:
 *
 *   what may be sent is made into requests -> they are written down, with all that was heard -> they are sent
 *
 * while its reader fills the buffer as far as there is room. Nothing is sent that was not written down as an intent, by
 * a lease that still holds; nothing is taken for sent that no answer told of.
 */
export class SliceWorker {
  readonly #deps: SliceDependencies;
  readonly #lease: SliceLease;
  readonly #journal: SliceJournal;
  readonly #buffer: SendBuffer<Outgoing>;
  readonly #playTime: PlayTime;
  #prepared: Request[] = [];
  /** By the last cycle. */
  #preparedRecords = 0;
  /** Made and not answered. */
  #requests = 0;
  #names = 0;
  #failures = 0;
  #closedUntilMs = 0;
  #isParking = false;
  #isReadOut = false;
  #stop: Extract<SliceEnd, { kind: 'stopped' | 'broken' }> | null = null;
  #wake: (() => void) | null = null;
  #isAwake = false;
  #roomWaiters: (() => void)[] = [];
  readonly #giveUp = new AbortController();
  readonly #noMoreReading = new AbortController();

  constructor(deps: SliceDependencies, claimed: ClaimedSlice) {
    this.#deps = deps;
    this.#lease = claimed.lease;
    this.#journal = new SliceJournal(claimed);
    const { order, recordBytesMax, idleGapMs } = deps.settings;
    const { shards } = deps.target;
    this.#buffer = new SendBuffer({ order, shards, recordBytesMax, window: WINDOW });
    this.#playTime = new PlayTime(idleGapMs);
  }

  /** Whether nothing more will be read of it. */
  get isReadOut(): boolean {
    return this.#isReadOut;
  }

  /** That are made and not answered. */
  get requests(): number {
    return this.#requests;
  }

  /** The shards of the target are others now. */
  resharded(): void {
    this.#buffer.resharded(this.#deps.target.shards);
    this.wake();
  }

  /** Sends no more, and ends as soon as nothing is in flight. */
  park(): void {
    this.#isParking = true;
    this.#noMoreReading.abort(PARKED);
    this.wake();
  }

  /** Something may be sent that could not be before. */
  wake(): void {
    this.#isAwake = true;
    this.#wake?.();
  }

  /** Resolves when the slice was let go. Throws nothing. */
  async run(): Promise<SliceEnd> {
    const reading = this.#read();
    const end = await this.#cycles();
    this.#giveUp.abort(PARKED);
    this.#noMoreReading.abort(PARKED);
    this.#tellRoom();
    await reading;
    // Where the database is away the lease runs out by itself.
    await releaseSlice(this.#deps.database, this.#lease).catch(() => undefined);
    return end;
  }

  async #read(): Promise<void> {
    const { signal } = this.#noMoreReading;
    try {
      await readSlice(this.#deps.source, this.#journal.progress, this.#sink(), signal);
      this.#isReadOut = true;
      this.#deps.onReadOut();
    } catch (error) {
      if (!signal.aborted) this.#stop ??= { kind: 'broken', error };
    }
    this.wake();
  }

  #sink(): UnitSink {
    const journal = this.#journal;
    return {
      room: () => {
        if (this.#noMoreReading.signal.aborted) return Promise.resolve();
        if (this.#buffer.hasRoom && !journal.isFull) return null;
        this.wake();
        return new Promise((resolve) => this.#roomWaiters.push(resolve));
      },
      send: (record, at, object) => this.#offer(record, at, object),
      settle: (as, at) => {
        journal.settle(as, at);
        this.wake();
      },
      quarantine: (rows) => {
        journal.quarantine(rows);
        this.wake();
      },
      objectEnd: (object, units, storedBytes) => {
        journal.objectEnd(object, units, storedBytes);
        this.wake();
      },
    };
  }

  #offer(record: ReplayRecord, at: Position, object: ListedObject): void {
    const { hashKeyOf, settings } = this.#deps;
    const { arrivalMs } = record.origin;
    const data = ownBytes(record.data);
    const sendable: Outgoing = Object.assign(
      sendableOf(
        data === record.data ? record : { ...record, data },
        { object: at.object, playMs: this.#playTime.next(arrivalMs) },
        hashKeyOf,
        Buffer.byteLength,
      ),
      { archiveMs: arrivalMs ?? object.times?.fromMs ?? null },
    );
    if (this.#buffer.offer(sendable) === 'too-large') {
      const message = `${sendable.bytes} bytes with its key; the target takes ${settings.recordBytesMax}.`;
      this.#journal.quarantine([recordRow(record, at, object, 'too-large-for-target', message)]);
    }
    this.wake();
  }

  async #cycles(): Promise<SliceEnd> {
    const { times } = this.#deps;
    let writtenAtMs = performance.now();
    for (;;) {
      const beganAtMs = performance.now();
      this.#isAwake = false;
      const askAgainAtMs = this.#prepare(beganAtMs);
      const renewAtMs = writtenAtMs + times.leaseTtlMs / RENEWALS_PER_TTL;
      if (!this.#journal.isEmpty || beganAtMs >= renewAtMs) {
        const failed = await this.#commit();
        if (failed !== null) return failed;
        writtenAtMs = beganAtMs;
      }
      const end = this.#end();
      if (end !== null) return end;
      await this.#pause(beganAtMs, Math.min(askAgainAtMs, renewAtMs));
    }
  }

  /** Null: it goes on. */
  #end(): SliceEnd | null {
    if (this.#requests > 0 || !this.#journal.isEmpty) return null;
    if (this.#stop !== null) return this.#stop;
    if (isSliceDone(this.#journal.progress)) return { kind: 'done' };
    return this.#isParking ? { kind: 'parked' } : null;
  }

  get #mayPrepare(): boolean {
    return !this.#isParking && this.#stop === null && this.#deps.target.maySend;
  }

  /** Makes requests of what may be sent now. @returns when there may be more */
  #prepare(nowMs: number): number {
    const { target, limits } = this.#deps;
    const { pacer, shardIds } = target;
    if (!this.#mayPrepare) return Number.POSITIVE_INFINITY;
    if (nowMs < this.#closedUntilMs) return this.#closedUntilMs;
    this.#preparedRecords = 0;
    while (this.#requests < limits.requestsPerSlice && this.#deps.mayRequest()) {
      const batch = this.#buffer.next(pacer.gateAt(nowMs));
      if (batch === null) return pacer.askAgainAtMs;
      this.#names += 1;
      this.#preparedRecords += batch.records.length;
      const request = `${this.#lease.token}.${this.#names}`;
      const intent: Intent = { kind: 'intent', request, spans: spansOf(batch.records) };
      this.#journal.intend(intent);
      this.#prepared.push({ intent, batch, shardIds });
      this.#requests += 1;
    }
    // An answer makes room for the next one, and wakes.
    return Number.POSITIVE_INFINITY;
  }

  /** Writes down all that there is, and sends what was written. @returns why the slice has to be given up, or null */
  async #commit(): Promise<SliceEnd | null> {
    const { database, times, target } = this.#deps;
    const requests = this.#prepared.splice(0);
    const group = this.#journal.take();
    const since = ageClock();
    let run: RunAtCommit;
    try {
      run = await commitSlice(database, this.#lease, times.leaseTtlMs, (found) =>
        group.write(found.maySend && target.maySend && !this.#isParking),
      );
    } catch (error) {
      // Whether it was written is not known: the next holder reads what is there, and counts what was in flight.
      return { kind: 'lost', error };
    }
    group.done();
    const isWritten = (request: Request) =>
      this.#journal.progress.requests.some((open) => open.request === request.intent.request);
    for (const request of requests) {
      if (isWritten(request)) {
        void this.#send(request, since);
      } else {
        this.#requests -= 1;
        this.#buffer.sendAgain(request.batch.records);
      }
    }
    if (!run.maySend) {
      target.ordersChanged();
      this.park();
    }
    this.#tellRoom();
    return null;
  }

  async #send(request: Request, since: () => number): Promise<void> {
    try {
      const isTooLate = since() > this.#deps.times.leaseTtlMs * SENDABLE_SHARE;
      const answer = isTooLate
        ? NOT_SENT
        : await this.#deps.send(request.batch.records, this.#giveUp.signal);
      this.#take(request, answer);
    } catch (error) {
      // It stays an open request: possible duplicates of whoever takes the slice next.
      this.#stop ??= { kind: 'broken', error };
    }
    this.#requests -= 1;
    this.#tellRoom();
    this.wake();
    this.#deps.onAnswer();
  }

  #take({ intent, batch, shardIds }: Request, answer: RequestAnswer): void {
    const outcome = readOutcome(batch, answer, shardIds);
    this.#hear(outcome, batch);
    this.#deps.target.heard({ batch, answer, outcome, shardIds });
    this.#journal.answer(answerEntry(intent, outcome), newestOf(outcome.acknowledged));
    this.#buffer.acknowledged(outcome.acknowledged);
    this.#journal.inverted(this.#buffer.takeInversions());
    this.#buffer.sendAgain(toSendAgain(batch, outcome));
  }

  #hear({ next }: Outcome<Outgoing>, { records }: Batch<Outgoing>): void {
    switch (next.do) {
      case 'go-on':
        this.#failures = 0;
        return;
      case 'back-off':
        this.#failures += 1;
        this.#closedUntilMs = performance.now() + backoffMs(this.#failures, Math.random());
        return;
      case 'stop':
        this.#stop ??= {
          kind: 'stopped',
          why: { kind: 'target-refuses', words: `${next.why} (${records.length} records wait.)` },
        };
        return;
    }
  }

  #tellRoom(): void {
    const isOver = this.#noMoreReading.signal.aborted;
    if (!isOver && (!this.#buffer.hasRoom || this.#journal.isFull)) return;
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
  }

  /** Until there is something to do, and no sooner than the next cycle may begin. */
  async #pause(beganAtMs: number, untilMs: number): Promise<void> {
    const { times, settings } = this.#deps;
    // Where order is kept each answer sets others free, so that to wait for more costs time, unless there is much anyhow.
    const isMuch = this.#preparedRecords >= MUCH_RECORDS;
    const orderedMs = isMuch ? times.commitEveryMs * ORDERED_SHARE : 0;
    const everyMs = settings.order === 'none' ? times.commitEveryMs : orderedMs;
    const restMs = beganAtMs + everyMs - performance.now();
    if (restMs > 0) await wait(restMs, this.#giveUp.signal);
    if (this.#isAwake) return;
    const timer = new AbortController();
    this.#wake = () => timer.abort();
    await wait(Math.max(0, untilMs - performance.now()), timer.signal);
    this.#wake = null;
  }
}

const PARKED = new Error('The slice is let go.');

function newestOf(records: readonly Outgoing[]): number | null {
  let newestMs: number | null = null;
  for (const { archiveMs } of records) {
    if (archiveMs !== null) newestMs = Math.max(archiveMs, newestMs ?? archiveMs);
  }
  return newestMs;
}

/** A view holds all of what it is a view of in memory, for as long as the record waits. */
function ownBytes(data: Uint8Array): Uint8Array {
  return data.buffer.byteLength > data.length + SPARE_BYTES_MAX ? Buffer.from(data) : data;
}
