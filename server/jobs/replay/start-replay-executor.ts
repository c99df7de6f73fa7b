import { planHash, resumeFault } from '#lib/domain/replay/plan/plan-hash.ts';
import { DECODER_VERSION } from '#lib/domain/replay/transform/decoder-version.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import type { Notification } from '#server/db/notification.ts';
import { readQuarantineObject } from '#server/db/replay/quarantine-objects.ts';
import { type ReplayRunRow, readReplayRun } from '#server/db/replay/run.ts';
import { claimReplayRun } from '#server/db/replay/run-lease.ts';
import { failReplay, findRunsToSend } from '#server/db/replay/slice-run.ts';
import { startTakingUp, type Taken, type TakeUp } from '#server/jobs/take-up.ts';
import type { Logger } from '#server/log.ts';
import { compileExpression } from '#server/replay/record-expression.ts';
import {
  REPLAY_LIMITS,
  REPLAY_TIMES,
  type ReplayLimits,
  type ReplayTimes,
} from './replay-times.ts';
import { openSession, type RunSession } from './run-session.ts';
import { type RunWatch, watchRun } from './watch-run.ts';

const STORE_RETRY_MS = 2_000;

/** Runs that one worker watches over at a time. */
const WATCHES_MAX = 32;

export type ReplayExecutorDependencies = {
  readonly database: Database;
  readonly connections: readonly { readonly connection: Connection; readonly aws: Aws }[];
  readonly log: Logger;
  /** Names this process among all that may work on replays. */
  readonly holder: string;
  readonly times?: Partial<ReplayTimes>;
  readonly limits?: Partial<ReplayLimits>;
};

export type ReplayExecutor = {
  onNotification(notification: Notification): void;
  /** Resolves when the signal was aborted, nothing is in flight and all leases are given back. */
  readonly done: Promise<void>;
};

/** Sends what running replays have to send, and watches over them: any number of workers share the slices of each. */
export function startReplayExecutor(
  deps: ReplayExecutorDependencies,
  signal: AbortSignal,
): ReplayExecutor {
  const executor = new Executor(deps, signal);
  return {
    onNotification: (notification) => executor.onNotification(notification),
    done: executor.done,
  };
}

class Executor {
  readonly #deps: ReplayExecutorDependencies;
  readonly #signal: AbortSignal;
  readonly #times: ReplayTimes;
  readonly #limits: ReplayLimits;
  readonly #names: readonly string[];
  readonly #sessions: TakeUp<RunSession>;
  readonly #watches: TakeUp<RunWatch>;
  readonly done: Promise<void>;

  constructor(deps: ReplayExecutorDependencies, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
    this.#times = { ...REPLAY_TIMES, ...deps.times };
    this.#limits = { ...REPLAY_LIMITS, ...deps.limits };
    this.#names = deps.connections.map(({ connection }) => connection.name);
    const frame = { everyMs: this.#times.claimEveryMs, retryMs: STORE_RETRY_MS, log: deps.log };
    this.#watches = startTakingUp(
      {
        ...frame,
        take: () => this.#takeWatch(),
        hasRoom: (watches) => watches.length < WATCHES_MAX,
        looksWhenDone: false,
        failureWords: 'replays to watch over could not be looked for; trying again',
      },
      signal,
    );
    this.#sessions = startTakingUp(
      {
        ...frame,
        take: () => this.#takeSession(),
        hasRoom: (sessions) => this.#mayTake(sessions),
        looksWhenDone: true,
        failureWords: 'replays to send could not be looked for; trying again',
      },
      signal,
    );
    this.done = Promise.all([this.#watches.done, this.#sessions.done]).then(() => undefined);
  }

  onNotification(notification: Notification): void {
    switch (notification.kind) {
      case 'replay':
        for (const session of this.#sessions.worksOn(notification.runId)) session.wake();
        this.#wakeWatches(notification.runId, false);
        this.#watches.wake();
        this.#sessions.wake();
        return;
      case 'topology':
        // Perhaps of a target: whoever watches over one looks at it.
        for (const watch of this.#watches.works()) watch.wake(true);
        return;
    }
  }

  #wakeWatches(runId: number, isTarget: boolean): void {
    for (const watch of this.#watches.worksOn(runId)) watch.wake(isTarget);
  }

  async #takeWatch(): Promise<Taken<RunWatch> | null> {
    const { database, holder, log } = this.#deps;
    const lease = await claimReplayRun(
      database,
      ['running', 'pausing', 'cancelling'],
      this.#names,
      holder,
      this.#times.leaseTtlMs,
    );
    if (lease === null) return null;
    const run = await readReplayRun(database, lease.runId);
    const reached = this.#reach(run?.connection ?? null);
    if (reached === null) return null;
    const deps = { database, log, times: this.#times, ...reached };
    return { id: lease.runId, work: watchRun(deps, lease, this.#signal) };
  }

  async #takeSession(): Promise<Taken<RunSession> | null> {
    const { database } = this.#deps;
    for (const id of await findRunsToSend(database, this.#names)) {
      if (this.#sessions.worksOn(id).length > 0) continue;
      const run = await readReplayRun(database, id);
      const work = run === null ? null : await this.#open(run);
      if (work !== null) return { id, work };
    }
    return null;
  }

  #mayTake(sessions: readonly RunSession[]): boolean {
    const held = sessions.reduce((sum, { slices }) => sum + slices, 0);
    return held < this.#limits.slices;
  }

  /** @returns null when it is not ours to send, or cannot be sent any more, which is said of it then */
  async #open(run: ReplayRunRow): Promise<RunSession | null> {
    const { database, log, holder } = this.#deps;
    const { settings, quarantineOf } = run;
    const target = this.#reach(run.connection);
    // What another run put into quarantine lies in our own store.
    const source =
      quarantineOf === null ? this.#reach(settings?.source.connection ?? null) : target;
    if (settings === null || target === null || source === null) return null;
    const fault = frozenFault(run);
    if (fault !== null) {
      await failReplay(database, run.id, { kind: fault, words: FAULT_WORDS[fault] });
      return null;
    }
    const compiled = settings.expression === null ? null : compileExpression(settings.expression);
    if (compiled?.ok === false) {
      const words = `The filter's expression cannot be used any more: ${compiled.fault.words} Cancel this replay, and plan it anew.`;
      await failReplay(database, run.id, { kind: 'expression', words });
      return null;
    }
    return openSession(
      {
        database,
        log,
        holder,
        times: this.#times,
        limits: this.#limits,
        read: (object, signal) =>
          quarantineOf === null
            ? source.aws.archives.read(object, {}, signal)
            : readQuarantineObject(database, quarantineOf, object.key),
        writes: target.aws.records,
        expression: compiled?.expression ?? null,
        mayTake: () => this.#mayTake(this.#sessions.works()),
        onStrayed: () => this.#wakeWatches(run.id, true),
      },
      {
        id: run.id,
        settings,
        recordBytesMax: Math.min(
          run.plan?.target.recordBytesMax ?? Number.POSITIVE_INFINITY,
          settings.transform.recordBytesMax,
        ),
      },
      this.#signal,
    );
  }

  #reach(name: string | null) {
    return this.#deps.connections.find(({ connection }) => connection.name === name) ?? null;
  }
}

/** Checkpoints speak of what this decoder makes of these objects by this plan, and of nothing else. */
function frozenFault({ settings, manifest, planHash: frozen, decoderVersion }: ReplayRunRow) {
  if (settings === null || manifest === null || frozen === null || decoderVersion === null) {
    return 'plan-changed';
  }
  return resumeFault(
    { planHash: frozen, decoderVersion },
    { planHash: planHash(settings, manifest.fingerprint), decoderVersion: DECODER_VERSION },
  );
}

const FAULT_WORDS = {
  'plan-changed':
    'The settings or the manifest are not those that were approved, so the checkpoint does not fit them and nothing more is sent. Cancel this replay, and plan it anew.',
  'decoder-changed':
    'This version of Kinetoscope may make other records of the same bytes than the one that began the replay, so its checkpoint does not fit and nothing more is sent. Go back to that version, or cancel this replay and plan it anew.',
} as const;
