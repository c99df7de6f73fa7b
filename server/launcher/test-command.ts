import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPagesIfStale } from './build-pages.ts';
import { projectRoot } from './project-root.ts';
import { provideChromium } from './provide-chromium.ts';
import { runTool } from './run-tool.ts';
import { complain, say } from './say.ts';
import { listenForStop } from './stop-request.ts';
import {
  addTallies,
  readSuiteTally,
  type Tally,
  tallyOfCheck,
  tallyOfPlaywright,
  tallyOfVitest,
} from './test-tally.ts';
import { UserError } from './user-error.ts';

/** One heading of the output. */
interface TestStep {
  readonly name: string;
  run(): Promise<Tally>;
}

/**
 * `npm test`: every check there is, all of them also after a failure. The last line is `N passed, N failed`.
 *
 * @returns the exit code: 1 when anything failed
 */
export async function runTests(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    throw new UserError('npm test takes no arguments; for single tests: npx vitest run PATH');
  }
  const stop = listenForStop().signal;
  const reports = await mkdtemp(join(tmpdir(), 'kinetoscope-reports-'));
  try {
    const results: { name: string; seconds: number; tally: Tally }[] = [];
    for (const step of testSteps(reports, stop)) {
      if (stop.aborted) break;
      say(`\n== ${step.name} ==`);
      const startedMs = performance.now();
      const tally = await runStep(step);
      const seconds = (performance.now() - startedMs) / 1000;
      say(
        `== ${step.name}: ${tally.failed === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s ==`,
      );
      results.push({ name: step.name, seconds, tally });
    }
    say('');
    for (const { name, seconds, tally } of results) {
      const counts = `${String(tally.passed).padStart(6)} passed ${String(tally.failed).padStart(4)} failed`;
      say(`${name.padEnd(18)} ${counts} ${seconds.toFixed(1).padStart(8)} s`);
    }
    const total = addTallies(results.map(({ tally }) => tally));
    const failed = stop.aborted ? total.failed + 1 : total.failed;
    if (stop.aborted) complain('Stopped before the end, which counts as a failure.');
    say(`${total.passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
}

/** In this order: cheap ones first, but the build before the types, because Next writes some of them. */
function testSteps(reports: string, stop: AbortSignal): TestStep[] {
  let pagesAreBuilt = false;
  const check = (name: string, script: string, args: readonly string[]): TestStep => ({
    name,
    run: async () => tallyOfCheck(await runTool(script, args, { stop })),
  });
  const vitest = (project: 'unit' | 'integration'): TestStep => ({
    name: `${project} tests`,
    async run() {
      const file = join(reports, `${project}.json`);
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
      const args = ['run', '--project', project, ...reporters];
      const exitCode = await runTool('vitest/vitest.mjs', args, { stop });
      return readSuiteTally(file, exitCode, tallyOfVitest);
    },
  });
  return [
    check('lint', '@biomejs/biome/bin/biome', ['check', '.']),
    {
      name: 'build',
      async run() {
        await buildPagesIfStale(projectRoot, stop);
        pagesAreBuilt = true;
        return tallyOfCheck(0);
      },
    },
    check('types', 'typescript/bin/tsc', ['--noEmit']),
    check('unused code', 'knip/bin/knip.js', []),
    vitest('unit'),
    vitest('integration'),
    {
      name: 'end-to-end tests',
      async run() {
        if (!pagesAreBuilt) throw new UserError('Left out: the pages could not be built.');
        const file = join(reports, 'e2e.json');
        const exitCode = await runTool(
          '@playwright/test/cli.js',
          ['test', '--reporter=list,json'],
          {
            stop,
            env: {
              CHROME_PATH: await provideChromium(stop),
              PLAYWRIGHT_JSON_OUTPUT_FILE: file,
            },
          },
        );
        return readSuiteTally(file, exitCode, tallyOfPlaywright);
      },
    },
  ];
}

/** What a step cannot do is a failure of that step alone. */
async function runStep(step: TestStep): Promise<Tally> {
  try {
    return await step.run();
  } catch (error) {
    complain(error instanceof UserError ? error.message : String((error as Error).stack));
    return tallyOfCheck(1);
  }
}
