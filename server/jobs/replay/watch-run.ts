import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { parseHashKey } from '#lib/domain/hash-key.ts';
import { capOfShard } from '#lib/domain/replay/emit/caps.ts';
import { isQuarantineOverLimit } from '#lib/domain/replay/job/advance-run.ts';
import { addToLedger, EMPTY_LEDGER, type Ledger } from '#lib/domain/replay/job/ledger.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { Layout } from '#lib/domain/reshard/layout.ts';
import type { Settling } from '#lib/domain/settled-periods.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { observeStream } from '#server/aws/observe-stream.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { wait } from '#server/collector/wait.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import { type ReplayRunRow, readReplayRun } from '#server/db/replay/run.ts';
import { type RunLease, releaseRunLease, renewRunLease } from '#server/db/replay/run-lease.ts';
import { deleteOldSent } from '#server/db/replay/sent-write.ts';
import { advanceReplay } from '#server/db/replay/slice-advance.ts';
import { failReplay } from '#server/db/replay/slice-run.ts';
import type { StoredTargetShard } from '#server/db/replay/stored.ts';
import { readRunLedger, wasResumed, writeCaps, writeTick } from '#server/db/replay/tick-write.ts';
import { keepWatch } from '#server/db/watch/keep-watch.ts';
import type { Logger } from '#server/log.ts';
import { type LiveTraffic, readLiveTraffic } from '#server/services/replays/live-traffic.ts';
import type { ReplayTimes } from './replay-times.ts';

/** Caps that stay as they are are written anew, so that whoever sends knows that somebody looks after them. */
const CAPS_REWRITTEN_SHARE = 1 / 3;
/** Somebody looks at the target as long as it is written to: its figures are wanted soon. */
const WATCHED_SECONDS = 60;
const SENT_KEPT_MS = 900_000;
const RENEWALS_PER_TTL = 3;
/** Every answer may tell that the shards are others: the target is not asked more often for that. */
const DOUBTED_LOOK_MS = 1_000;

export type WatchDependencies = {
  readonly database: Database;
  readonly connection: Connection;
  readonly aws: Aws;
  readonly log: Logger;
  readonly times: ReplayTimes;
};

export type RunWatch = {
  readonly runId: number;
  /** Looks at the run now; at its target, too, where `isTarget`. */
  wake(isTarget: boolean): void;
  /** Resolves when the run needs nobody to watch over it, or somebody else does. Throws nothing. */
  readonly done: Promise<void>;
};

/**
 * Watches over a run that sends, or that is coming to rest: looks at the target and at what others write to it, says what
 * may be sent to each shard, notes the sums, and moves the run on. One at a time of a run, over all workers.
 */
export function watchRun(deps: WatchDependencies, lease: RunLease, outer: AbortSignal): RunWatch {
  const watch = new Watch(deps, lease, outer);
  return {
    runId: lease.runId,
    wake: (isTarget) => watch.wake(isTarget),
    done: watch.run(),
  };
}

class Watch {
  readonly #deps: WatchDependencies;
  readonly #lease: RunLease;
  readonly #signal: AbortSignal;
  #pause = new AbortController();
  #layout: Layout | null = null;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #isDoubted = false;
  #tickedAtMs = Number.NEGATIVE_INFINITY;
  #cappedAtMs = Number.NEGATIVE_INFINITY;
  #capped = '';
  #rates: { readonly cap: number | null; readonly live: number | null } = { cap: null, live: null };
  /** What a person had before their eyes when they resumed: what came to quarantine since is judged. */
  #looked: Ledger | null = null;
  /** Of each shard, records of others refused a second before the replay began. */
  #refusedBefore: ReadonlyMap<ShardId, number> | null = null;

  constructor(deps: WatchDependencies, lease: RunLease, signal: AbortSignal) {
    this.#deps = deps;
    this.#lease = lease;
    this.#signal = signal;
  }

  wake(isTarget: boolean): void {
    if (isTarget) this.#isDoubted = true;
    this.#pause.abort();
  }

  async run(): Promise<void> {
    const { database, log, times } = this.#deps;
    // AWS may take longer to answer than a lease lasts.
    const renewal = setInterval(() => {
      renewRunLease(database, this.#lease, times.leaseTtlMs).catch((error: unknown) =>
        log.debug({ error }, 'the lease on a replay was not renewed'),
      );
    }, times.leaseTtlMs / RENEWALS_PER_TTL);
    try {
      while (!this.#signal.aborted) {
        this.#pause = new AbortController();
        if (!(await this.#turnOrLater())) break;
        await wait(times.lookEveryMs, AbortSignal.any([this.#signal, this.#pause.signal]));
      }
    } catch (error) {
      if (!(error instanceof LeaseLost || this.#signal.aborted)) {
        log.error({ err: error, replay: this.#lease.runId }, 'the watch over a replay broke off');
      }
    }
    clearInterval(renewal);
    await releaseRunLease(database, this.#lease).catch((error: unknown) =>
      log.debug({ error }, 'the lease on a replay was not given back'),
    );
  }

  /** Where the database or AWS is away for a moment, the next turn finds out. */
  async #turnOrLater(): Promise<boolean> {
    try {
      return await this.#turn();
    } catch (error) {
      if (error instanceof LeaseLost || this.#signal.aborted) throw error;
      const { log } = this.#deps;
      log.warn({ err: error, replay: this.#lease.runId }, 'a replay could not be looked after');
      return true;
    }
  }

  async #turn(): Promise<boolean> {
    const { database, times } = this.#deps;
    const { runId } = this.#lease;
    const state = await renewRunLease(database, this.#lease, times.leaseTtlMs);
    if (state === null) throw new LeaseLost(`Somebody else watches over replay ${runId}.`);
    if (state !== 'running' && state !== 'pausing' && state !== 'cancelling') {
      await this.#tick();
      return false;
    }
    const next = await advanceReplay(database, runId);
    if (next === null && state === 'running') await this.#lookAfter();
    return true;
  }

  async #lookAfter(): Promise<void> {
    const run = await readReplayRun(this.#deps.database, this.#lease.runId);
    if (run?.settings == null || run.failure !== null) return;
    const { settings } = run;
    const { times, connection, database } = this.#deps;
    if (connection.readOnly) {
      await failReplay(database, run.id, readOnlyWords(connection));
      return;
    }
    const everyMs = this.#isDoubted ? DOUBTED_LOOK_MS : times.targetEveryMs;
    if (performance.now() - this.#lookedAtMs >= everyMs) {
      if (!(await this.#lookAtTarget(run, settings))) return;
    }
    await this.#cap(run, settings);
    if (performance.now() - this.#tickedAtMs >= times.tickEveryMs) {
      await this.#tick();
      await this.#judgeQuarantine(run, settings);
    }
  }

  /** @returns whether its shards are known */
  async #lookAtTarget(run: ReplayRunRow, { target }: ReplaySettings): Promise<boolean> {
    const { aws, database } = this.#deps;
    this.#lookedAtMs = performance.now();
    this.#isDoubted = false;
    try {
      const look = await observeStream(aws, target, this.#signal);
      if (look === null) {
        await failReplay(database, run.id, goneWords(target));
        return false;
      }
      // While it changes, records go to the shards that it had.
      this.#layout = look.layout ?? this.#layout ?? layoutOf(run);
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      if (!error.retryable) {
        await failReplay(database, run.id, { kind: error.kind, words: error.message });
        return false;
      }
      this.#layout ??= layoutOf(run);
    }
    return this.#layout !== null;
  }

  /** Works out what may be sent to each shard, and writes it where it is another than before, or getting old. */
  async #cap(run: ReplayRunRow, { target }: ReplaySettings): Promise<void> {
    const { database, connection, aws, times } = this.#deps;
    const layout = this.#layout;
    if (layout === null) return;
    const { periodSeconds, delaySeconds } = connection.metrics;
    const settling = { periodSeconds, delaySeconds };
    const nowMs = Date.now() + aws.clockSkewMs();
    const live = await readLiveTraffic(database, target, layout, settling, nowMs);
    if (live !== null) await this.#keepWatched(live.streamId);
    this.#refusedBefore ??= await this.#refusedBeforehand(run, target, layout, settling);
    const shards = layout.map(({ shardId, range }) => {
      const rates = live?.shards.get(shardId)?.rates ?? null;
      return {
        shardId,
        start: range.start.toString(),
        end: range.end.toString(),
        live: rates,
        cap: capOfShard(rates, run.pace.freeShare, run.pace.shardCap),
        refusesOthers: this.#refusesOthers(shardId, live, periodSeconds),
      };
    });
    this.#rates = ratesOf(shards, run.pace.totalCap);
    const caps = { liveUntilMs: live?.untilMs ?? null, shards };
    const text = JSON.stringify(caps);
    const isOld = performance.now() - this.#cappedAtMs >= times.capsMsMax * CAPS_REWRITTEN_SHARE;
    if (text === this.#capped && !isOld) return;
    const unknown = run.pace.shardCap === null ? shards.filter((shard) => shard.live === null) : [];
    const words = unknown.length === 0 ? null : unknownWords(target, unknown.length, shards.length);
    await writeCaps(database, this.#lease, caps, words);
    this.#capped = text;
    this.#cappedAtMs = performance.now();
  }

  #refusesOthers(shardId: ShardId, live: LiveTraffic | null, periodSeconds: number): boolean {
    const refused = live?.shards.get(shardId)?.refusedRecords ?? 0;
    return refused / periodSeconds > (this.#refusedBefore?.get(shardId) ?? 0);
  }

  async #refusedBeforehand(
    { startedAt }: ReplayRunRow,
    target: ReplaySettings['target'],
    layout: Layout,
    settling: Settling,
  ): Promise<ReadonlyMap<ShardId, number>> {
    if (startedAt === null) return new Map();
    const atMs = startedAt.getTime();
    const before = await readLiveTraffic(this.#deps.database, target, layout, settling, atMs);
    return new Map(
      [...(before?.shards ?? [])].map(([shardId, { refusedRecords }]) => [
        shardId,
        refusedRecords / settling.periodSeconds,
      ]),
    );
  }

  async #keepWatched(streamId: number): Promise<void> {
    await keepWatch(this.#deps.database, {
      streamIds: [streamId],
      watcher: `replay ${this.#lease.runId}`,
      ttlSeconds: WATCHED_SECONDS,
    });
  }

  async #tick(): Promise<void> {
    const { database } = this.#deps;
    this.#tickedAtMs = performance.now();
    await writeTick(database, this.#lease.runId, this.#rates);
    await deleteOldSent(database, this.#lease.runId, SENT_KEPT_MS);
  }

  async #judgeQuarantine(run: ReplayRunRow, { quarantine }: ReplaySettings): Promise<void> {
    const { database } = this.#deps;
    const ledger = await readRunLedger(database, run.id);
    this.#looked ??= (await wasResumed(database, run.id)) ? ledger : EMPTY_LEDGER;
    if (!isQuarantineOverLimit(ledgerSince(ledger, this.#looked), quarantine)) return;
    const percent = (quarantine.share * 100).toLocaleString('en');
    await failReplay(database, run.id, {
      kind: 'quarantine-limit',
      words: `${ledger.quarantined.toLocaleString('en')} units are in quarantine, more than the ${percent} % that the plan allows, so the replay pauses. Look into the quarantine: mostly the format does not fit. Resume to go on all the same, or cancel and plan anew.`,
    });
  }
}

function ledgerSince(now: Ledger, before: Ledger): Ledger {
  const { emitted, filtered, deduplicated, quarantined } = before;
  return addToLedger(now, {
    emitted: -emitted,
    filtered: -filtered,
    deduplicated: -deduplicated,
    quarantined: -quarantined,
  });
}

/** As it was planned, where nobody could look since. */
function layoutOf({ caps, plan }: ReplayRunRow): Layout | null {
  const shards: readonly Pick<StoredTargetShard, 'shardId' | 'start' | 'end'>[] =
    caps?.shards ?? plan?.target.shards ?? [];
  const layout = shards.flatMap(({ shardId, ...range }) => {
    const [start, end] = [parseHashKey(range.start), parseHashKey(range.end)];
    return start === null || end === null ? [] : [{ shardId, range: { start, end } }];
  });
  return layout.length === 0 ? null : layout;
}

/** Of all shards together, bytes a second; live: null where that of any is not known. */
function ratesOf(
  shards: readonly Pick<StoredTargetShard, 'live' | 'cap'>[],
  total: ReplayRunRow['pace']['totalCap'],
) {
  const cap = shards.reduce((sum, shard) => sum + (shard.cap?.bytesPerSecond ?? 0), 0);
  const live = shards.reduce<number | null>(
    (sum, shard) => (sum === null || shard.live === null ? null : sum + shard.live.bytesPerSecond),
    0,
  );
  return { cap: Math.min(cap, total?.bytesPerSecond ?? Number.POSITIVE_INFINITY), live };
}

function goneWords({ streamName }: ReplaySettings['target']) {
  return {
    kind: 'target-gone',
    words: `The target "${streamName}" is not there any more, or another stream bears its name, so nothing more is sent. Cancel this replay, and plan another into the stream that you mean.`,
  };
}

function unknownWords(
  { streamName }: ReplaySettings['target'],
  unknown: number,
  shards: number,
): string {
  return `Nothing is sent to ${unknown} of ${shards} shards of "${streamName}": what others write there is not known, so nobody can tell what is free. It goes on by itself when it is known; see whether the stream is collected and its shard-level metrics are on, or set a cap for each shard.`;
}

function readOnlyWords({ name }: Connection) {
  return {
    kind: 'denied',
    words: `Connection "${name}" is read-only, so nothing more is sent. Allow changes (readOnly: false in kinetoscope.config.yaml), then resume.`,
  };
}
