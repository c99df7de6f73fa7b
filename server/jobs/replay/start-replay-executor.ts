import { planHash, resumeFault } from '#lib/domain/replay/plan/plan-hash.ts';
import { DECODER_VERSION } from '#lib/domain/replay/transform/decoder-version.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { type Loop, startLoop } from '#server/collector/loop.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import type { Notification } from '#server/db/notification.ts';
import { readQuarantineObject } from '#server/db/replay/quarantine-objects.ts';
import { type ReplayRunRow, readReplayRun } from '#server/db/replay/run.ts';
import { claimReplayRun } from '#server/db/replay/run-lease.ts';
import { failReplay, findRunsToSend } from '#server/db/replay/slice-run.ts';
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
  readonly #sessions = new Map<number, RunSession>();
  readonly #watches = new Map<number, RunWatch>();
  readonly #loop: Loop;
  readonly done: Promise<void>;

  constructor(deps: ReplayExecutorDependencies, signal: AbortSignal) {
    this.#deps = deps;
    this.#signal = signal;
    this.#times = { ...REPLAY_TIMES, ...deps.times };
    this.#limits = { ...REPLAY_LIMITS, ...deps.limits };
    this.#names = deps.connections.map(({ connection }) => connection.name);
    this.#loop = startLoop(() => this.#round(), signal);
    this.done = this.#loop.done.then(async () => {
      const works = [...this.#sessions.values(), ...this.#watches.values()];
      await Promise.all(works.map((work) => work.done));
    });
  }

  onNotification(notification: Notification): void {
    switch (notification.kind) {
      case 'replay':
        this.#sessions.get(notification.runId)?.wake();
        this.#watches.get(notification.runId)?.wake(false);
        this.#loop.wake();
        return;
      case 'topology':
        // Perhaps of a target: whoever watches over one looks at it.
        for (const watch of this.#watches.values()) watch.wake(true);
        return;
    }
  }

  async #round(): Promise<number> {
    try {
      await this.#watchOver();
      await this.#send();
      return this.#times.claimEveryMs;
    } catch (error) {
      if (!this.#signal.aborted) {
        this.#deps.log.warn({ err: error }, 'replays could not be looked for; trying again');
      }
      return STORE_RETRY_MS;
    }
  }

  async #watchOver(): Promise<void> {
    const { database, holder, log } = this.#deps;
    while (this.#watches.size < WATCHES_MAX) {
      const lease = await claimReplayRun(
        database,
        ['running', 'pausing', 'cancelling'],
        this.#names,
        holder,
        this.#times.leaseTtlMs,
      );
      if (lease === null) return;
      const run = await readReplayRun(database, lease.runId);
      const reached = this.#reach(run?.connection ?? null);
      if (reached === null) return;
      const deps = { database, log, times: this.#times, ...reached };
      const watch = watchRun(deps, lease, this.#signal);
      this.#watches.set(lease.runId, watch);
      void watch.done.then(() => {
        if (this.#watches.get(lease.runId) === watch) this.#watches.delete(lease.runId);
      });
    }
  }

  async #send(): Promise<void> {
    const { database } = this.#deps;
    for (const runId of await findRunsToSend(database, this.#names)) {
      if (this.#sessions.has(runId) || !this.#mayTake) continue;
      const run = await readReplayRun(database, runId);
      if (run !== null) await this.#open(run);
    }
  }

  get #mayTake(): boolean {
    const held = [...this.#sessions.values()].reduce((sum, { slices }) => sum + slices, 0);
    return held < this.#limits.slices;
  }

  async #open(run: ReplayRunRow): Promise<void> {
    const { database, log, holder } = this.#deps;
    const { settings, quarantineOf } = run;
    const target = this.#reach(run.connection);
    // What another run put into quarantine lies in our own store.
    const source =
      quarantineOf === null ? this.#reach(settings?.source.connection ?? null) : target;
    if (settings === null || target === null || source === null) return;
    const fault = frozenFault(run);
    if (fault !== null) {
      await failReplay(database, run.id, { kind: fault, words: FAULT_WORDS[fault] });
      return;
    }
    const compiled = settings.expression === null ? null : compileExpression(settings.expression);
    if (compiled?.ok === false) {
      const words = `The filter's expression cannot be used any more: ${compiled.fault.words} Cancel this replay, and plan it anew.`;
      await failReplay(database, run.id, { kind: 'expression', words });
      return;
    }
    const session = openSession(
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
        mayTake: () => this.#mayTake,
        onStrayed: () => this.#watches.get(run.id)?.wake(true),
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
    this.#sessions.set(run.id, session);
    void session.done.then(() => {
      this.#sessions.delete(run.id);
      this.#loop.wake();
    });
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
