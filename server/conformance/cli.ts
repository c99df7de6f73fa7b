import { writeFile } from 'node:fs/promises';
import { CASES } from './cases/index.ts';
import { openClients } from './clients.ts';
import { confirmEndpoints } from './confirm-endpoints.ts';
import { startKinesisLocal } from './kinesis-local/start-kinesis-local.ts';
import { isTrouble, markKnown, NOTHING_KNOWN, readKnown, staleEntries } from './known.ts';
import { type ConformanceOptions, parseOptions, USAGE } from './options.ts';
import { renderMarkdown } from './render-markdown.ts';
import { renderResult, renderTally } from './render-report.ts';
import { runCases } from './run-cases.ts';
import { UsageError } from './usage-error.ts';

/**
 * `npm run conformance`: the suite against the endpoints given, a line a case as it ends.
 *
 * @param stop ends the run early, its streams deleted; that is exit code 1
 * @returns the exit code: 0 nothing differs but what is known, 1 something does, 2 wrong use or no answer
 */
export async function runConformance(
  args: readonly string[],
  stop: AbortSignal = new AbortController().signal,
): Promise<number> {
  if (args.includes('--help')) {
    print(USAGE);
    return 0;
  }
  try {
    const options = parseOptions(args);
    return await (options.kinesis === 'kinesis-local'
      ? runOnKinesisLocal(options, stop)
      : run(options, stop));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}

async function runOnKinesisLocal(options: ConformanceOptions, stop: AbortSignal): Promise<number> {
  const local = await startKinesisLocal();
  try {
    return await run({ ...options, kinesis: local.url }, stop, `kinesis-local ${local.version}`);
  } finally {
    await local.stop();
  }
}

async function run(
  options: ConformanceOptions,
  stop: AbortSignal,
  subject: string = options.kinesis,
): Promise<number> {
  const { client, concurrency, deadlineSeconds, known: knownPath, only, region, skip } = options;
  const known = knownPath === undefined ? NOTHING_KNOWN : await readKnown(knownPath);
  const cases = CASES.filter(
    ({ name }) => (only?.test(name) ?? true) && !(skip?.test(name) ?? false),
  );
  if (cases.length === 0) throw new UsageError('--only and --skip leave no case.');

  const clients = openClients(options, region, client);
  try {
    await confirmEndpoints(clients, options);
    const { results: bare, leftBehind } = await runCases(cases, {
      clients,
      deadlineSeconds,
      concurrency,
      stop,
      onResult: (result) => print(markKnown([result], known).map(renderResult).join('\n')),
    });
    if (leftBehind.length > 0) print(`Could not be deleted: ${leftBehind.join(', ')}`);
    if (stop.aborted) {
      print(`Stopped before the end: ${cases.length - bare.length} cases are missing.`);
      return 1;
    }
    const results = markKnown(bare, known);
    const stale = staleEntries(results, known, new Set(CASES.map(({ name }) => name)));
    const { json, markdown } = options;
    if (json !== undefined) {
      await writeFile(json, `${JSON.stringify({ client, results, stale, leftBehind }, null, 2)}\n`);
    }
    if (markdown !== undefined) await writeFile(markdown, renderMarkdown(subject, results, known));
    for (const name of stale) {
      print(
        `stale          ${name}\n${' '.repeat(15)}is listed in ${knownPath} and does not differ`,
      );
    }
    print(renderTally(results));
    return results.some(isTrouble) ? 1 : 0;
  } finally {
    clients.destroy();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
