import type { Case } from '#server/conformance/case.ts';
import { CASES } from '#server/conformance/cases/index.ts';
import { openClients } from '#server/conformance/clients.ts';
import { isTrouble } from '#server/conformance/known.ts';
import { runCases } from '#server/conformance/run-cases.ts';
import { type ForkedWorld, forkWorld } from '#server/local-aws/testing/fork-world.ts';
import { SEEDED_FAULTS } from './conformance-mutations-faults.ts';

/** Of the account as a whole, or by more than a minute: they would only make each of the runs longer. */
const LEFT_OUT =
  /at a call rate of|more than five streams that are CREATING|a sixth while five are CREATING|^GetShardIterator \/ \d+ calls/;
const WORLD = { transitionMs: 300, apiRateScale: null } as const;
const DEADLINE_SECONDS = 30;
const CONCURRENCY = 16;

/**
 * Does the conformance suite see what is wrong? Twenty faults, one at a time, are put into the embedded world, and the
 * suite is run on it over HTTP/1.1 until a case differs. A fault counts as caught by a case that agrees on the world
 * as it is: before, and again after it has differed, so that chance counts for nothing.
 *
 * Prints one JSON object as its last line, and with each fault the case that caught it.
 */
export async function run(): Promise<undefined> {
  const startedMs = performance.now();
  const sound = await forkWorld(WORLD);
  try {
    const cases = CASES.filter(({ name }) => !LEFT_OUT.test(name));
    const differing = new Set(await troubles(sound, cases));
    const trusted = cases.filter((one) => !differing.has(one));
    print(`${trusted.length} of ${cases.length} cases agree without a fault.`);

    const survivors: string[] = [];
    for (const [index, { name }] of SEEDED_FAULTS.entries()) {
      const caughtBy = await findCatch(index, trusted, sound);
      print(`${caughtBy === undefined ? 'SURVIVED' : 'caught'}: ${name}`);
      if (caughtBy === undefined) survivors.push(name);
      else print(`    by ${caughtBy.name}`);
    }
    const figures = {
      bench: 'conformance-mutations',
      faults: SEEDED_FAULTS.length,
      caughtMutations: SEEDED_FAULTS.length - survivors.length,
      survivors,
      seconds: Math.round((performance.now() - startedMs) / 1_000),
    };
    print(JSON.stringify(figures));
  } finally {
    await sound.stop();
  }
}

/** A case that differs with the fault and agrees without it; undefined where there is none. */
async function findCatch(
  fault: number,
  cases: readonly Case[],
  sound: ForkedWorld,
): Promise<Case | undefined> {
  const preload = new URL(`./conformance-mutations-preload.ts?${fault}`, import.meta.url).href;
  const faulty = await forkWorld(WORLD, ['--import', preload]);
  try {
    let rest = cases;
    for (;;) {
      const [suspect, ...others] = await troubles(faulty, rest, 1);
      if (suspect === undefined) return undefined;
      for (const one of [suspect, ...others]) {
        if ((await troubles(sound, [one])).length === 0) return one;
      }
      const unsteady = new Set([suspect, ...others]);
      rest = rest.filter((one) => !unsteady.has(one));
    }
  } finally {
    await faulty.stop();
  }
}

/** The cases that differ or fail; once `enough` have, no more are begun. */
async function troubles(
  world: ForkedWorld,
  cases: readonly Case[],
  enough = Number.POSITIVE_INFINITY,
): Promise<Case[]> {
  const clients = openClients(world.endpoints, 'us-east-1', 'http1');
  const stop = new AbortController();
  const found = new Set<string>();
  try {
    await runCases(cases, {
      clients,
      deadlineSeconds: DEADLINE_SECONDS,
      concurrency: CONCURRENCY,
      stop: stop.signal,
      onResult(result) {
        if (isTrouble(result)) found.add(result.name);
        if (found.size >= enough) stop.abort();
      },
    });
    return cases.filter(({ name }) => found.has(name));
  } finally {
    clients.destroy();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
