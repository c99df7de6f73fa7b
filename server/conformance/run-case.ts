import type { Case } from './case.ts';
import { CaseTools } from './case-tools.ts';
import { type Clients, isLoopback } from './clients.ts';
import type { Names } from './names.ts';
import { reasonNotToRun } from './needs.ts';
import { NotApplicableError } from './not-applicable.ts';
import { asRefusal, describeRefusal } from './refusal.ts';
import type { Result } from './result.ts';
import { patientSender } from './senders.ts';
import type { SharedStreams } from './shared-streams.ts';

export interface RunContext {
  readonly clients: Clients;
  readonly names: Names;
  readonly shared: SharedStreams;
  readonly deadlineSeconds: number;
  /** Gives the case up as its deadline does. */
  readonly stop?: AbortSignal | undefined;
}

export interface CaseOutcome {
  readonly result: Result;
  /** Names of streams that could not be deleted. */
  readonly leftBehind: readonly string[];
}

/** Time to delete streams, after the case's own. */
const CLEAN_UP_MS = 10_000;

/** Runs one case to a verdict, within its deadline; never throws. */
export async function runCase(one: Case, context: RunContext): Promise<CaseOutcome> {
  const { name, operation, behaviour, expected, source } = one;
  const { clients, deadlineSeconds, stop } = context;
  const report = (verdict: Result['verdict'], seen: string, seconds: number): Result => ({
    name,
    operation,
    behaviour,
    expected,
    source,
    seen,
    verdict,
    seconds,
  });
  const reason = reasonNotToRun(one.needs, {
    client: clients.kind,
    loopback: isLoopback(clients.urls.kinesis),
    cloudwatch: clients.cloudwatch !== undefined,
    dynamodb: clients.dynamodb !== undefined,
    s3: clients.s3 !== undefined,
    deadlineSeconds,
  });
  if (reason !== undefined) return { result: report('not-applicable', reason, 0), leftBehind: [] };

  const startedMs = performance.now();
  const deadline = new AbortController();
  const t = new CaseTools({ ...context, signal: deadline.signal });
  const giveUp = () => deadline.abort();
  const timer = setTimeout(giveUp, deadlineSeconds * 1_000);
  stop?.addEventListener('abort', giveUp, { once: true });
  let verdict: Pick<Result, 'verdict' | 'seen'>;
  try {
    verdict = await Promise.race([judge(one, t), whenAborted(deadline.signal, deadlineSeconds, t)]);
  } finally {
    clearTimeout(timer);
    stop?.removeEventListener('abort', giveUp);
  }
  // What a case that was given up may still send must end now.
  deadline.abort();
  const seconds = (performance.now() - startedMs) / 1_000;
  return {
    result: report(verdict.verdict, verdict.seen, seconds),
    leftBehind: await cleanUp(t, context),
  };
}

async function judge(one: Case, t: CaseTools): Promise<Pick<Result, 'verdict' | 'seen'>> {
  try {
    await one.run(t);
  } catch (error) {
    if (error instanceof NotApplicableError && !t.differs) {
      return { verdict: 'not-applicable', seen: error.message };
    }
    if (t.signal.aborted)
      return { verdict: 'error', seen: withDifferences(t, 'no answer in time') };
    const refusal = asRefusal(error);
    if (refusal !== undefined) {
      return {
        verdict: 'differs',
        seen: withDifferences(t, `stopped by ${describeRefusal(refusal)}`),
      };
    }
    return { verdict: 'error', seen: withDifferences(t, describeError(error)) };
  }
  if (!t.compared) return { verdict: 'error', seen: 'The case compares nothing.' };
  return { verdict: t.differs ? 'differs' : 'same', seen: t.seen };
}

function whenAborted(
  signal: AbortSignal,
  seconds: number,
  t: CaseTools,
): Promise<Pick<Result, 'verdict' | 'seen'>> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () =>
      resolve({ verdict: 'error', seen: withDifferences(t, `no end within ${seconds} s`) }),
    );
  });
}

function withDifferences(t: CaseTools, text: string): string {
  return t.differs ? `${text}; before: ${t.seen}` : text;
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? ` [${error.code}]` : '';
  return `${error.name}${code}: ${error.message}`;
}

/** @returns the names of streams that are still there */
async function cleanUp(t: CaseTools, { clients }: RunContext): Promise<string[]> {
  const signal = AbortSignal.timeout(CLEAN_UP_MS);
  for (const undo of t.cleanUps.toReversed()) {
    // What a case made may be gone by its own doing, and the verdict is out; only streams are worth a word.
    await Promise.race([undo(clients), once(signal)]).catch(() => undefined);
  }
  return t.streams.release(patientSender(clients.kinesis, signal));
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
