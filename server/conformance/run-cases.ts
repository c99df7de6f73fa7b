import type { Case } from './case.ts';
import type { Clients } from './clients.ts';
import { Names } from './names.ts';
import type { Result } from './result.ts';
import { type CaseOutcome, runCase } from './run-case.ts';
import { SharedStreams } from './shared-streams.ts';

export interface RunOptions {
  readonly clients: Clients;
  /** Seconds for each case. */
  readonly deadlineSeconds: number;
  /** Cases at once. */
  readonly concurrency: number;
  readonly onResult?: (result: Result) => void;
  /** Once it aborts, cases under way are given up and cleaned up after, and none is begun; the outcome has neither. */
  readonly stop?: AbortSignal;
}

export interface RunOutcome {
  /** In the order of the cases. */
  readonly results: readonly Result[];
  /** Names of streams that could not be deleted. */
  readonly leftBehind: readonly string[];
}

/** Runs the cases, several at once, then those that must be alone; never throws, whatever the endpoint does. */
export async function runCases(cases: readonly Case[], options: RunOptions): Promise<RunOutcome> {
  const { clients, concurrency, deadlineSeconds, onResult, stop } = options;
  const names = new Names();
  const shared = new SharedStreams(clients.kinesis, names);
  const outcomes = new Map<Case, CaseOutcome>();
  const leftBehind: string[] = [];
  const runOne = async (one: Case) => {
    if (stop?.aborted) return;
    const outcome = await runCase(one, { clients, names, shared, deadlineSeconds, stop });
    leftBehind.push(...outcome.leftBehind);
    // Given up, it says nothing about the endpoint.
    if (stop?.aborted) return;
    outcomes.set(one, outcome);
    onResult?.(outcome.result);
  };

  await runBounded(
    cases.filter(({ exclusive }) => exclusive !== true),
    concurrency,
    runOne,
  );
  await runBounded(
    cases.filter(({ exclusive }) => exclusive === true),
    1,
    runOne,
  );
  leftBehind.push(...(await shared.release()));

  return { results: cases.flatMap((one) => outcomes.get(one)?.result ?? []), leftBehind };
}

async function runBounded<T>(
  items: readonly T[],
  bound: number,
  run: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: Math.min(bound, items.length) }, async () => {
      for (const item of queue) await run(item);
    }),
  );
}
