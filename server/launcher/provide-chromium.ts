import { existsSync } from 'node:fs';
import { findChromium } from '#server/testing/chromium.ts';
import { runProgram, runTool } from './run-tool.ts';
import { say } from './say.ts';
import { UserError } from './user-error.ts';

const FETCH_MS_MAX = 120_000;
const APT_MS_MAX = 300_000;
const PROBE_MS_MAX = 20_000;

/**
 * Finds a Chromium that runs: the one that is there, what Playwright can fetch, what apt can install (on Debian, as
 * root).
 *
 * @returns its path
 * @throws {UserError} that says what to do, when there is none to be had
 */
export async function provideChromium(stop: AbortSignal): Promise<string> {
  const present = await runningChromium(stop);
  if (present !== undefined) return present;
  say('No Chromium here; trying what Playwright can fetch ...');
  await runTool('@playwright/test/cli.js', ['install', 'chromium'], {
    stop,
    limitMs: FETCH_MS_MAX,
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
  });
  const fetched = await runningChromium(stop);
  if (fetched !== undefined) return fetched;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) {
    say('Installing chromium by apt ...');
    const options = { stop, limitMs: APT_MS_MAX, env: { DEBIAN_FRONTEND: 'noninteractive' } };
    await runProgram('apt-get', ['update'], options);
    // Older releases of Debian have no shell apart.
    for (const name of ['chromium-headless-shell', 'chromium']) {
      const args = ['install', '-y', '--no-install-recommends', name];
      await runProgram('apt-get', args, options);
      const installed = await runningChromium(stop);
      if (installed !== undefined) return installed;
    }
  }
  throw new UserError(
    'There is no Chromium for the tests in a browser, and none could be installed.\n' +
      'Install one (Debian: apt-get install chromium) or set CHROME_PATH to one.',
  );
}

/** One that is there may lack libraries of the system: only one that starts counts. */
async function runningChromium(stop: AbortSignal): Promise<string | undefined> {
  const path = findChromium();
  if (path === undefined) return undefined;
  const options = { stop, limitMs: PROBE_MS_MAX, quiet: true };
  return (await runProgram(path, ['--version'], options)) === 0 ? path : undefined;
}
