import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, expect, type Page } from '@playwright/test';
import { projectRoot } from '#server/launcher/project-root.ts';
import { chromiumArguments, findChromium } from '#server/testing/chromium.ts';
import { startProduct } from '#server/testing/start-product.ts';

const execute = promisify(execFile);
/** Far beyond what is acceptable: a slow start is a figure, not an error. */
const READY_MS_MAX = 900_000;
const WAIT_MS_MAX = 60_000;
/** A figure with a rate's unit: an age that counts up is no figure that moves. */
const RATE = /[\d.,]+\s*(?:[KMG]i)?(?:B|rec)\/s/g;

/**
 * Seconds from the start command to the Streams page in a browser, in a fresh clone of the committed state (npm's
 * cache may be warm) and then once more in the same folder.
 *
 * - `coldSeconds`, `warmMovingSeconds`: the row of `tweets` shows rates, and they have changed
 * - `warmSeconds`: the row shows rates; a change takes up to one period of the metrics more
 */
export async function run(): Promise<Record<string, number>> {
  const folder = await mkdtemp(join(tmpdir(), 'kinetoscope-bench-'));
  // The embedded PostgreSQL runs as somebody else when root measures.
  await chmod(folder, 0o711);
  const clone = join(folder, 'clone');
  const executablePath = findChromium();
  const browser = await chromium.launch({
    args: chromiumArguments(),
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  try {
    await execute('git', ['clone', '--quiet', '--no-hardlinks', projectRoot, clone]);
    const cold = await measureStart(clone, await browser.newPage());
    const warm = await measureStart(clone, await browser.newPage());
    return {
      coldSeconds: cold.movingSeconds,
      warmSeconds: warm.shownSeconds,
      warmMovingSeconds: warm.movingSeconds,
    };
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureStart(
  root: string,
  page: Page,
): Promise<{ shownSeconds: number; movingSeconds: number }> {
  const startedMs = performance.now();
  const seconds = () => Number(((performance.now() - startedMs) / 1000).toFixed(2));
  const product = await startProduct({ root, readyMsMax: READY_MS_MAX });
  try {
    await page.goto(product.url, { timeout: WAIT_MS_MAX });
    const name = page.getByRole('rowheader', { name: /^tweets\b/ });
    const row = page.getByRole('row').filter({ has: name });
    const rates = async () => (await row.innerText()).match(RATE)?.join(' ') ?? '';
    await expect.poll(rates, { timeout: WAIT_MS_MAX, intervals: [50] }).not.toBe('');
    const shownSeconds = seconds();
    const first = await rates();
    await expect.poll(rates, { timeout: WAIT_MS_MAX, intervals: [50] }).not.toBe(first);
    return { shownSeconds, movingSeconds: seconds() };
  } finally {
    await page.close();
    await product.stop();
  }
}
