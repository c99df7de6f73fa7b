import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { needsWorker } from '#lib/domain/reshard/job/job-state.ts';
import { afterEntry, type Progress, progressOf } from '#lib/domain/reshard/job/journal.ts';
import {
  type NextAction,
  type ReconcileTimes,
  reconcile,
} from '#lib/domain/reshard/job/reconcile.ts';
import { boundariesAfterSteps, joinsShards, stepRange } from '#lib/domain/reshard/step.ts';
import { holdWords, lagWaitWords, mismatchWords, WAITING_WORDS } from '#lib/reshard/job-words.ts';
import { type Look, observeStream } from '#server/aws/observe-stream.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import { wait } from '#server/collector/wait.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost } from '#server/db/collector-lease.ts';
import {
  type JobLease,
  type JobTurn,
  parkJob,
  releaseJobLease,
  renewJobLease,
  withJobLease,
} from '#server/db/reshard/job-lease.ts';
import {
  type LaggingConsumer,
  readLaggingConsumers,
} from '#server/db/reshard/lagging-consumers.ts';
import {
  applyJobEvent,
  type ReshardJobRow,
  readReshardJob,
  setJobReason,
} from '#server/db/reshard/reshard-job.ts';
import { appendJournal, type NewEntry, readJournal } from '#server/db/reshard/reshard-journal.ts';
import { planOfStored } from '#server/db/reshard/stored-plan.ts';
import type { ReshardReasonColumn } from '#server/db/schema.ts';
import { streamLockName } from '#server/db/stream-lock-name.ts';
import { withNameLock } from '#server/db/with-name-lock.ts';
import type { Logger } from '#server/log.ts';
import { type StepAnswer, sendStep } from './send-step.ts';

export type JobDependencies = {
  readonly database: Database;
  readonly connection: Connection;
  readonly aws: Aws;
  readonly log: Logger;
  readonly times: ReconcileTimes;
  readonly leaseTtlMs: number;
  /** How often the stream is looked at while something is waited for, at most. */
  readonly lookEveryMs: number;
};

/** As long as a collector's: a job of a worker that was killed waits no longer. */
export const JOB_LEASE_TTL_MS = 6_000;
const RENEWALS_PER_TTL = 3;

/**
 * A frozen process must not send what it decided on long ago: others may have looked at the stream since. Less than
 * what they wait for a call that may still arrive (ReconcileTimes.settleMs).
 */
const DECISION_MS_MAX = 10_000;
const NOT_SENT: StepAnswer = { answer: 'lost', message: null };

export type JobWork = {
  /** Looks at the job and its stream now. */
  wake(): void;
  /** Resolves when the job needs no worker any more, or `signal` was aborted; the lease is given back then. */
  readonly done: Promise<void>;
};

/**
 * Works on one reshard, one look after the other, for as long as it needs somebody:
 *
 *   keep the lease -> look at the stream -> reconcile with the journal -> one thing -> again
 *
 * Nothing is remembered between two looks that is not in the journal, but since when the stream is as it is.
 */
export function workOnJob(deps: JobDependencies, lease: JobLease, outer: AbortSignal): JobWork {
  const over = new AbortController();
  const signal = AbortSignal.any([outer, over.signal]);
  let pause = new AbortController();
  const renewal = setInterval(() => {
    void renewJobLease(deps.database, lease, deps.leaseTtlMs)
      .then((turn) => {
        if (turn === null) over.abort();
      })
      // The next look finds out; the lease still runs for a while.
      .catch((error: unknown) =>
        deps.log.debug({ error }, 'the lease on a reshard was not renewed'),
      );
  }, deps.leaseTtlMs / RENEWALS_PER_TTL);

  async function run(): Promise<void> {
    const job = await readReshardJob(deps.database, lease.jobId);
    if (job === null) return;
    const work = await beginWork(deps, lease, job);
    while (!signal.aborted) {
      pause = new AbortController();
      const waitMs = await work.turn(signal);
      if (waitMs === null) return;
      await wait(waitMs, AbortSignal.any([signal, pause.signal]));
    }
  }

  return {
    wake: () => pause.abort(),
    done: run()
      .catch((error: unknown) => {
        if (error instanceof LeaseLost || signal.aborted) return;
        deps.log.error({ err: error, job: lease.jobId }, 'work on a reshard broke off');
      })
      .finally(async () => {
        clearInterval(renewal);
        await releaseJobLease(deps.database, lease).catch((error: unknown) =>
          deps.log.debug({ error }, 'the lease on a reshard was not given back'),
        );
      }),
  };
}

async function beginWork(deps: JobDependencies, lease: JobLease, job: ReshardJobRow) {
  const { database, aws, connection, log, times } = deps;
  const plan = planOfStored(job.plan);
  const stream = { streamName: job.streamName, streamArn: job.arn, createdAtMs: job.createdAtMs };
  let progress: Progress = progressOf(await readJournal(database, job.id));
  let since: { readonly what: string; readonly ms: number } | null = null;
  let reason: ReshardReasonColumn | null = job.reason;

  async function write(entry: NewEntry): Promise<void> {
    const line = await withJobLease(database, lease, (tx) => appendJournal(tx, job.id, entry));
    progress = afterEntry(progress, line);
  }

  /** Words of one kind may change with what they name; since when it is so does not. */
  async function say(kind: string, words: string, nowMs: number): Promise<void> {
    if (reason?.kind === kind && reason.words === words) return;
    await setReason({ kind, words, sinceMs: reason?.kind === kind ? reason.sinceMs : nowMs });
  }

  async function setReason(next: ReshardReasonColumn | null): Promise<void> {
    if (next === null && reason === null) return;
    reason = next;
    await withJobLease(database, lease, (tx) => setJobReason(tx, job.id, next));
  }

  async function end(
    event: 'hold' | 'stop' | 'finish' | 'settle',
    turn: JobTurn,
    why: { readonly kind: string; readonly words: string } | null,
  ): Promise<null> {
    // Nothing more is to be begun anyhow: whatever holds it must not keep the stream from a plan that goes on.
    if (event === 'hold' && turn.state === 'cancelling') return end('settle', turn, null);
    const last = why === null ? null : { ...why, sinceMs: turn.nowMs };
    const state = await withJobLease(database, lease, (tx) =>
      applyJobEvent(tx, job.id, event, last),
    );
    log.info(
      { job: job.id, stream: job.streamName, state, reason: last },
      'a reshard ended or is held',
    );
    return null;
  }

  /** @returns null where the stream cannot be looked at now; that was said */
  async function look(
    turn: JobTurn,
    signal: AbortSignal,
  ): Promise<Look | 'gone' | 'later' | AwsFailure> {
    try {
      return (await observeStream(aws, stream, signal)) ?? 'gone';
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      if (!error.retryable) return error;
      await say('cannot-look', error.message, turn.nowMs);
      return 'later';
    }
  }

  async function turn(signal: AbortSignal): Promise<number | null> {
    const present = await renewJobLease(database, lease, deps.leaseTtlMs);
    if (present === null) throw new LeaseLost(`Somebody else works on reshard ${job.id} now.`);
    if (!needsWorker(present.state)) return null;
    if (connection.readOnly) return end('hold', present, readOnlyWords(connection));
    const found = await look(present, signal);
    if (found === 'later') return deps.lookEveryMs;
    if (found === 'gone') return end('stop', present, wordsOfStop({ kind: 'stream-gone' }));
    if (found instanceof AwsFailure) {
      return end('hold', present, { kind: 'denied', words: found.message });
    }
    const what = `${found.seen.status} ${found.seen.mode} ${found.seen.fingerprint}`;
    if (since?.what !== what) since = { what, ms: present.nowMs };
    const lagging = await laggingConsumers(present);
    const action = reconcile({
      plan,
      progress,
      seen: { ...found.seen, atMs: present.nowMs, unchangedSinceMs: since.ms },
      leave: {
        mayBegin: present.state === 'running',
        laggingRanges: lagging.map(({ range }) => range),
      },
      times,
    });
    if (action.do === 'wait' && action.why === 'consumer-lags') {
      await say(action.why, lagWaitWords(lagging), present.nowMs);
      return lookAgainMs(action, present);
    }
    return act(action, present, found, signal);
  }

  /** Those behind in the range of the next step, where that is one that they hold back. */
  async function laggingConsumers({ ignoresLag }: JobTurn): Promise<readonly LaggingConsumer[]> {
    const step = plan.steps[progress.done];
    if (ignoresLag || step === undefined || step.kind === 'split') return [];
    const before = boundariesAfterSteps(plan.from, plan.steps, progress.done);
    if (!joinsShards(before, step)) return [];
    const { start, end } = stepRange(before, step);
    const all = await readLaggingConsumers(database, job.streamId);
    return all.filter(({ range }) => range.start <= end && start <= range.end);
  }

  function lookAgainMs({ untilMs }: { readonly untilMs: number }, { nowMs }: JobTurn): number {
    return Math.max(0, Math.min(deps.lookEveryMs, untilMs - nowMs));
  }

  async function act(
    action: NextAction,
    present: JobTurn,
    found: Look,
    signal: AbortSignal,
  ): Promise<number | null> {
    switch (action.do) {
      case 'call':
        return call(action, present, found, signal);
      case 'record-effect':
        await write({ kind: 'effect', step: action.step });
        await setReason(null);
        return 0;
      case 'wait':
        await say(action.why, WAITING_WORDS[action.why], present.nowMs);
        return lookAgainMs(action, present);
      case 'rest':
        if (present.state === 'cancelling') return end('settle', present, null);
        await withJobLease(database, lease, (tx) => parkJob(tx, lease));
        return null;
      case 'finish':
        return end('finish', present, null);
      case 'hold':
        return end('hold', present, { kind: action.hold.kind, words: holdWords(action.hold) });
      case 'stop':
        return end('stop', present, wordsOfStop(action.mismatch));
    }
  }

  async function call(
    { step: number, attempt }: Extract<NextAction, { do: 'call' }>,
    present: JobTurn,
    { layout, seen }: Look,
    signal: AbortSignal,
  ): Promise<number> {
    const step = plan.steps[number];
    if (step === undefined || layout === null) {
      throw new RangeError(`Step ${number} of reshard ${job.id} cannot be called for`);
    }
    const overdueMs = performance.now() + DECISION_MS_MAX;
    const name = streamLockName(job.connection, job.streamName);
    const sent = await withNameLock(database, name, async () => {
      await write({ kind: 'intent', step: number, attempt, fingerprint: seen.fingerprint });
      const leftMs = Math.floor(overdueMs - performance.now());
      const answer =
        leftMs <= 0
          ? NOT_SENT
          : await sendStep(
              aws.changes,
              job.arn,
              step,
              layout,
              AbortSignal.any([signal, AbortSignal.timeout(leftMs)]),
            );
      await write({ kind: 'answer', step: number, attempt, ...answer });
      log.info(
        { job: job.id, stream: job.streamName, number, step: step.kind, ...answer },
        'a step of a reshard',
      );
    });
    if (sent !== null) return 0;
    await say('changed-here', CHANGED_HERE, present.nowMs);
    return deps.lookEveryMs;
  }

  return { turn };
}

const CHANGED_HERE =
  'Another change of the stream is under way from here. The step is called for when that is over.';

function wordsOfStop(mismatch: Parameters<typeof mismatchWords>[0]) {
  return { kind: mismatch.kind, words: mismatchWords(mismatch) };
}

function readOnlyWords({ name }: Connection) {
  return {
    kind: 'denied',
    words: `Connection "${name}" is read-only, so nothing more was done. Allow changes (readOnly: false in kinetoscope.config.yaml), then resume.`,
  };
}
