import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** How many tests passed and failed; skipped ones count as neither. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = z.object({
  numPassedTests: z.int().nonnegative(),
  numFailedTests: z.int().nonnegative(),
});

const playwrightReport = z.object({
  stats: z.object({
    expected: z.int().nonnegative(),
    unexpected: z.int().nonnegative(),
    // Cannot happen without retries; if someone turns those on, a flaky test is a failed one.
    flaky: z.int().nonnegative(),
  }),
});

/** A check that is no test suite counts as one test. */
export function tallyOfCheck(exitCode: number): Tally {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** From vitest's JSON report. @throws {z.ZodError} when it is none */
export function tallyOfVitest(report: unknown): Tally {
  const { numPassedTests, numFailedTests } = vitestReport.parse(report);
  return { passed: numPassedTests, failed: numFailedTests };
}

/** From Playwright's JSON report. @throws {z.ZodError} when it is none */
export function tallyOfPlaywright(report: unknown): Tally {
  const { expected, unexpected, flaky } = playwrightReport.parse(report).stats;
  return { passed: expected, failed: unexpected + flaky };
}

/**
 * Reads a suite's report. A suite that failed without a failed test (a file that cannot be loaded, a set-up that
 * throws, no report at all) counts as one failure: nothing may fail unseen.
 */
export async function readSuiteTally(
  file: string,
  exitCode: number,
  tallyOf: (report: unknown) => Tally,
): Promise<Tally> {
  const tally = await readTally(file, tallyOf);
  if (tally === undefined) return { passed: 0, failed: 1 };
  return exitCode !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

async function readTally(
  file: string,
  tallyOf: (report: unknown) => Tally,
): Promise<Tally | undefined> {
  try {
    return tallyOf(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Missing or half-written: the suite died, which the caller counts.
    return undefined;
  }
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  };
}
