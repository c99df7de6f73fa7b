import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { nextDelayMs } from './back-off.ts';
import type { ChildLog } from './child-log.ts';
import type { ChildRecord } from './child-record.ts';
import { signalGroup, signalProcess } from './signal-process.ts';
import { UserError } from './user-error.ts';

/** One process of ours: how it is started, stopped and asked for its health. */
export interface ProcessSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Runs as somebody else; undefined means as ourselves. */
  readonly owner?: { readonly uid: number; readonly gid: number } | undefined;
  /** Gives it an IPC channel, by whose end it sees that the launcher is gone (follow-parent.ts). */
  readonly followsParent: boolean;
  readonly stopSignal: 'SIGTERM' | 'SIGINT';
  /** Resolves to whether it can do its work now; must settle within some seconds, and may reject for "no". */
  isHealthy(): Promise<boolean>;
  /** Called after each start, before its health is asked for the first time. */
  onStarted?(pid: number): void;
}

/** A process that is kept alive until `stop`. */
export interface Supervised {
  readonly name: string;
  /** Undefined between two runs. */
  pid(): number | undefined;
  /** Resolves when healthy for the first time; rejects with a UserError if it ends three times before. */
  readonly whenHealthy: Promise<void>;
  /** Asks the process to end, kills it with all its children after `graceMs`, resolves when it is gone. */
  stop(graceMs: number): Promise<void>;
}

export interface SupervisionContext {
  readonly log: ChildLog;
  readonly record: ChildRecord;
  say(line: string): void;
}

/** Durations in milliseconds; tests shorten them. */
export interface SupervisionTimes {
  readonly firstHealthPollMs: number;
  readonly healthPollMs: number;
  /** Started, but not healthy for so long: started again. */
  readonly startLimitMs: number;
  /** Was healthy, and is not for so long: started again. Generous, because a busy machine is no dead process. */
  readonly unhealthyLimitMs: number;
}

const TIMES: SupervisionTimes = {
  firstHealthPollMs: 50,
  healthPollMs: 2_000,
  startLimitMs: 120_000,
  unhealthyLimitMs: 30_000,
};
const FAILED_STARTS_MAX = 3;

/**
 * Starts a process and keeps it alive:
 *
 *   starting --healthy--> healthy --ended, or unhealthy too long--> waiting --back-off--> starting
 *   any --stop--> stopped
 *
 * It leads a process group of its own: a Ctrl-C in the terminal reaches the launcher alone, which stops its
 * processes in order, and a kill reaches whatever the process itself has started.
 */
export function supervise(
  spec: ProcessSpec,
  context: SupervisionContext,
  times: SupervisionTimes = TIMES,
): Supervised {
  const stopping = new AbortController();
  const firstHealth = Promise.withResolvers<void>();
  // Whoever waits gets the rejection; nobody may wait any more once the launcher is stopping.
  firstHealth.promise.catch(() => undefined);
  let current: Run | undefined;
  let wasHealthy = false;

  const keepAlive = async (): Promise<void> => {
    let delayMs: number | undefined;
    let failedStarts = 0;
    while (!stopping.signal.aborted) {
      const run = startRun(spec, context);
      current = run;
      const healthyForMs = await watchRun(run, spec, times, stopping.signal, () => {
        if (wasHealthy) context.say(`${spec.name} is healthy again (pid ${run.pid ?? '?'})`);
        wasHealthy = true;
        failedStarts = 0;
        firstHealth.resolve();
      });
      const how = await run.ended;
      context.record.remove(spec.name);
      current = undefined;
      if (stopping.signal.aborted) return;
      if (!wasHealthy) failedStarts += 1;
      if (failedStarts >= FAILED_STARTS_MAX) {
        firstHealth.reject(new UserError(failedStartMessage(spec.name, how, context.log)));
        return;
      }
      delayMs = nextDelayMs(delayMs, healthyForMs);
      context.say(`${spec.name} ended (${how}); starting it again in ${delayMs / 1000} s`);
      await wait(delayMs, undefined, { signal: stopping.signal }).catch(ignoreAbort);
    }
  };
  const finished = keepAlive();
  finished.catch((error: unknown) => firstHealth.reject(error));

  return {
    name: spec.name,
    pid: () => current?.pid,
    whenHealthy: firstHealth.promise,
    async stop(graceMs) {
      stopping.abort();
      firstHealth.reject(new UserError(`${spec.name} was stopped before it was healthy.`));
      const pid = current?.pid;
      if (pid !== undefined) {
        if (graceMs > 0) signalProcess(pid, spec.stopSignal);
        const forced = setTimeout(() => signalGroup(pid, 'SIGKILL'), graceMs);
        await current?.ended;
        clearTimeout(forced);
      }
      await finished;
    },
  };
}

interface Run {
  readonly pid: number | undefined;
  /** Resolves, when the process is gone, to how it ended: "exit code 1", "signal SIGKILL". Never rejects. */
  readonly ended: Promise<string>;
}

function startRun(spec: ProcessSpec, { log, record }: SupervisionContext): Run {
  const child = spawn(spec.command, [...spec.args], {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: spec.followsParent ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    ...(spec.owner ?? {}),
  });
  if (child.stdout !== null) log.follow(child.stdout, 'stdout');
  if (child.stderr !== null) log.follow(child.stderr, 'stderr');
  const { pid } = child;
  if (pid !== undefined) {
    record.add(spec.name, pid, spec.stopSignal);
    spec.onStarted?.(pid);
  }
  return { pid, ended: endOf(child) };
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => {
      if (child.pid === undefined) resolve(`it could not be started: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      // What it had started itself must not outlive it.
      if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
      resolve(signal === null ? `exit code ${code ?? '?'}` : `signal ${signal}`);
    });
  });
}

/** Asks for health until the process is gone; kills it when it stays unhealthy. Resolves to how long it was healthy. */
async function watchRun(
  run: Run,
  spec: ProcessSpec,
  times: SupervisionTimes,
  stopping: AbortSignal,
  onHealthy: () => void,
): Promise<number> {
  const gone = new AbortController();
  run.ended.then(() => gone.abort());
  const startedMs = performance.now();
  let healthySinceMs: number | undefined;
  let lastHealthyMs = startedMs;
  while (!gone.signal.aborted && !stopping.aborted) {
    const healthy = await spec.isHealthy().catch(() => false);
    if (gone.signal.aborted) break;
    const nowMs = performance.now();
    if (healthy) {
      lastHealthyMs = nowMs;
      if (healthySinceMs === undefined) {
        healthySinceMs = nowMs;
        onHealthy();
      }
    }
    const limitMs = healthySinceMs === undefined ? times.startLimitMs : times.unhealthyLimitMs;
    if (nowMs - lastHealthyMs > limitMs && run.pid !== undefined) signalGroup(run.pid, 'SIGKILL');
    const pollMs = healthySinceMs === undefined ? times.firstHealthPollMs : times.healthPollMs;
    const wakeUp = AbortSignal.any([gone.signal, stopping]);
    await wait(pollMs, undefined, { signal: wakeUp }).catch(ignoreAbort);
  }
  return healthySinceMs === undefined ? 0 : performance.now() - healthySinceMs;
}

function failedStartMessage(name: string, how: string, log: ChildLog): string {
  return [
    `${name} does not start: it ended ${FAILED_STARTS_MAX} times (${how}). Its last lines, from ${log.file}:`,
    ...log.tail().map((line) => `  ${line}`),
  ].join('\n');
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error;
}
