import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { hashKeyOf } from '#lib/domain/hash-key-of.ts';
import { type RecordExpression, RecordFilter } from '#lib/domain/replay/filter/record-filter.ts';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import { DECOMPRESS_LIMITS } from '#lib/domain/replay/transform/decompress/report.ts';
import type { RecordWrites } from '#server/aws/put-records.ts';
import { wait } from '#server/collector/wait.ts';
import type { Database } from '#server/db/client.ts';
import { renewRateShare } from '#server/db/replay/rate-share.ts';
import { writeSent } from '#server/db/replay/sent-write.ts';
import { advanceReplay } from '#server/db/replay/slice-advance.ts';
import { type ClaimedSlice, claimSlice } from '#server/db/replay/slice-lease.ts';
import { readManifestChunk } from '#server/db/replay/slice-manifest.ts';
import { failReplay, readSendingOrders, type SendingOrders } from '#server/db/replay/slice-run.ts';
import type { Logger } from '#server/log.ts';
import { NODE_DECODERS } from '#server/replay/node-decoders.ts';
import { NODE_DIGESTS } from '#server/replay/node-digests.ts';
import type { ArchiveReader } from './read-slice.ts';
import { senderOf } from './replay-sender.ts';
import type { ReplayLimits, ReplayTimes } from './replay-times.ts';
import { SharedTarget } from './shared-target.ts';
import { JournalFault } from './slice-journal.ts';
import { type SliceEnd, SliceWorker } from './slice-worker.ts';

/** As much of a member is held back at most until its checksum has proved it right: of several slices at a time. */
const LIMITS = { ...DECOMPRESS_LIMITS, heldBytesMax: 2 ** 24 };

export type SessionDependencies = {
  readonly database: Database;
  readonly log: Logger;
  /** Names this process among all that may send. */
  readonly holder: string;
  readonly times: ReplayTimes;
  readonly limits: ReplayLimits;
  readonly read: ArchiveReader;
  readonly writes: RecordWrites;
  readonly expression: RecordExpression | null;
  /** Whether another slice may be taken, of all runs of this process. */
  mayTake(): boolean;
  /** The target has other shards than was thought. */
  readonly onStrayed: () => void;
};

export type SessionRun = {
  readonly id: number;
  readonly settings: ReplaySettings;
  /** The target's maximum record size. */
  readonly recordBytesMax: number;
};

export type RunSession = {
  /** Looks at the run now. */
  wake(): void;
  readonly slices: number;
  /** Resolves when no slice of it is held here any more. Throws nothing. */
  readonly done: Promise<void>;
};

/**
 * What one process does for one running run: it takes slices and sends them, by one set of rates, for as long as the run
 * runs and there are slices that nobody else has.
 */
export function openSession(
  deps: SessionDependencies,
  run: SessionRun,
  signal: AbortSignal,
): RunSession {
  const session = new Session(deps, run, signal);
  return {
    wake: () => session.wake(),
    get slices() {
      return session.slices;
    },
    done: session.run(),
  };
}

class Session {
  readonly #deps: SessionDependencies;
  readonly #run: SessionRun;
  readonly #signal: AbortSignal;
  readonly #workers = new Map<SliceWorker, Promise<void>>();
  #target: SharedTarget | null = null;
  #capsAtMs: number | null = null;
  #shareRenewAtMs = 0;
  #chunk: Promise<{ readonly first: number; readonly entries: readonly ListedObject[] }> | null =
    null;
  #pause = new AbortController();

  constructor(deps: SessionDependencies, run: SessionRun, signal: AbortSignal) {
    this.#deps = deps;
    this.#run = run;
    this.#signal = signal;
  }

  get slices(): number {
    return this.#workers.size;
  }

  wake(): void {
    this.#pause.abort();
  }

  async run(): Promise<void> {
    const { log, times } = this.#deps;
    let isLast = false;
    while (!isLast) {
      this.#pause = new AbortController();
      try {
        isLast = this.#signal.aborted || !(await this.#turn());
      } catch (error) {
        // Slices give themselves up where the database stays away; until then theirs are in order.
        log.debug({ err: error, replay: this.#run.id }, 'the orders of a replay were not read');
      }
      const restMs = Math.min(times.lookEveryMs, this.#shareRenewAtMs - performance.now());
      const pause = AbortSignal.any([this.#signal, this.#pause.signal]);
      if (!isLast) await wait(Math.max(10, restMs), pause);
    }
    for (const worker of this.#workers.keys()) worker.park();
    await Promise.all(this.#workers.values());
    await this.#flushSent().catch((error: unknown) =>
      log.debug({ err: error, replay: this.#run.id }, 'what was sent last was not noted'),
    );
  }

  /** @returns whether there is more to do */
  async #turn(): Promise<boolean> {
    const askedAtMs = performance.now();
    const orders = await readSendingOrders(this.#deps.database, this.#run.id, this.#capsAtMs);
    if (orders?.state !== 'running' || orders.hasFailed) {
      if (this.#target !== null) this.#target.isRunning = false;
      return false;
    }
    this.#follow(orders, askedAtMs);
    if (this.#target === null) return true;
    this.#target.setClock(orders.nowMs, askedAtMs);
    const taken = await this.#takeSlices(this.#target);
    if (this.#workers.size === 0) return false;
    if (taken > 0 || performance.now() >= this.#shareRenewAtMs)
      await this.#renewShare(this.#target);
    await this.#flushSent();
    return true;
  }

  #follow({ caps, capsAgeMs, pace, paceRevision }: SendingOrders, askedAtMs: number): void {
    if (capsAgeMs === null) return;
    const capsUntilMs = askedAtMs - capsAgeMs + this.#deps.times.capsMsMax;
    if (caps !== null) this.#capsAtMs = caps.atMs;
    if (this.#target === null) {
      if (caps === null || capsUntilMs < askedAtMs) return;
      const from = { caps, pace, paceRevision };
      this.#target = new SharedTarget(
        from,
        { capsUntilMs },
        { ordersChanged: () => this.wake(), strayed: this.#deps.onStrayed },
      );
      return;
    }
    this.#target.keepCapsUntil(capsUntilMs);
    this.#target.setPace(pace, paceRevision);
    if (caps === null) return;
    const isResharded = this.#target.setCaps(caps);
    for (const worker of this.#workers.keys()) {
      if (isResharded) worker.resharded();
      else worker.wake();
    }
  }

  async #takeSlices(target: SharedTarget): Promise<number> {
    const { database, holder, times, limits, mayTake } = this.#deps;
    let taken = 0;
    // One that is only sent to its end leaves shards free at last: the next one is read meanwhile.
    const isFree = () =>
      this.#reading < limits.slicesPerRun && this.#workers.size < 2 * limits.slicesPerRun;
    while (isFree() && mayTake()) {
      const claimed = await claimSlice(database, this.#run.id, holder, times.leaseTtlMs);
      if (claimed === null) break;
      this.#begin(target, claimed);
      taken += 1;
    }
    return taken;
  }

  get #reading(): number {
    return this.#workers.keys().reduce((sum, { isReadOut }) => sum + (isReadOut ? 0 : 1), 0);
  }

  /** Of a run, however many of its slices are sent to their end beside those that are read. */
  get #mayRequest(): boolean {
    const { slicesPerRun, requestsPerSlice } = this.#deps.limits;
    const underWay = this.#workers.keys().reduce((sum, { requests }) => sum + requests, 0);
    return underWay < slicesPerRun * requestsPerSlice;
  }

  #begin(target: SharedTarget, claimed: ClaimedSlice): void {
    const { database, times, limits, read, writes, expression, log } = this.#deps;
    const { id, settings, recordBytesMax } = this.#run;
    const worker = new SliceWorker(
      {
        database,
        times,
        limits,
        target,
        source: {
          objectAt: (place) => this.#objectAt(place),
          read,
          settings,
          tools: { decoders: NODE_DECODERS, digests: NODE_DIGESTS, limits: LIMITS },
          newFilter: () =>
            new RecordFilter(settings.filter, { sha256: NODE_DIGESTS.sha256, expression }),
          remembered: settings.filter.dedup?.capacity ?? null,
        },
        send: senderOf(writes, settings.target.streamArn, settings.order),
        hashKeyOf,
        mayRequest: () => this.#mayRequest,
        onAnswer: () => this.#wakeOthers(worker),
        onReadOut: () => this.wake(),
        settings: { order: settings.order, recordBytesMax, idleGapMs: target.idleGapMs },
      },
      claimed,
    );
    log.debug({ replay: id, slice: claimed.lease.slice }, 'a slice of a replay was taken');
    const ended = worker.run().then(async (end) => {
      this.#workers.delete(worker);
      this.#wakeOthers(worker);
      await this.#heed(end, claimed.lease.slice);
      this.wake();
    });
    this.#workers.set(worker, ended);
  }

  /** One request less is under way: another slice may have waited for that. */
  #wakeOthers(answered: SliceWorker): void {
    for (const worker of this.#workers.keys()) if (worker !== answered) worker.wake();
  }

  async #heed(end: SliceEnd, slice: number): Promise<void> {
    const { database, log } = this.#deps;
    const { id } = this.#run;
    try {
      switch (end.kind) {
        case 'done':
        case 'parked':
          break;
        case 'stopped':
          await failReplay(database, id, end.why);
          break;
        case 'lost':
          log.info({ err: end.error, replay: id, slice }, 'a slice of a replay was given up');
          if (!isOfOurs(end.error)) return;
          await failReplay(database, id, faultOf(end.error));
          break;
        case 'broken':
          log.error({ err: end.error, replay: id, slice }, 'a slice of a replay cannot go on');
          await failReplay(database, id, faultOf(end.error));
          break;
      }
      await advanceReplay(database, id);
    } catch (error) {
      // Whoever watches over the run comes to the same by itself.
      log.warn({ err: error, replay: id, slice }, 'the end of a slice was not told');
    }
  }

  async #renewShare(target: SharedTarget): Promise<void> {
    const { database, holder, times } = this.#deps;
    const askedAtMs = performance.now();
    const part = await renewRateShare(database, this.#run.id, holder, times.shareLifeMs);
    target.setPart(part, askedAtMs + times.shareLifeMs);
    // A part that may grow is asked for again soon.
    this.#shareRenewAtMs = askedAtMs + times.shareLifeMs / 3;
    for (const worker of this.#workers.keys()) worker.wake();
  }

  async #flushSent(): Promise<void> {
    if (this.#target === null) return;
    const { database, holder } = this.#deps;
    const periods = this.#target.sent.take(this.#target.dbNowMs);
    await writeSent(database, this.#run.id, holder, periods);
  }

  async #objectAt(place: number): Promise<ListedObject> {
    const known = await this.#chunk?.catch(() => null);
    if (known) {
      const object = known.entries[place - known.first];
      if (place >= known.first && object !== undefined) return object;
    }
    this.#chunk = readManifestChunk(this.#deps.database, this.#run.id, place);
    const { first, entries } = await this.#chunk;
    const object = entries[place - first];
    if (object === undefined) throw new RangeError(`The manifest has no object at place ${place}`);
    return object;
  }
}

/** Whether going on would lose count, or a person has to see to it. */
function isOfOurs(error: unknown): boolean {
  return error instanceof JournalFault;
}

function faultOf(error: unknown): { readonly kind: string; readonly words: string } {
  if (error instanceof AwsFailure) return { kind: error.kind, words: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return {
    kind: 'fault',
    words: `The replay cannot go on: ${message}. Nothing that was acknowledged is lost; look into the worker's log, then resume.`,
  };
}
