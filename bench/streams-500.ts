import { expect, type Page } from '@playwright/test';
import { shownOfStream } from './counted-by-engine.ts';
import { openChromium } from './open-chromium.ts';
import { lookOn, openCold, untilFiguresMove, WAIT_MS_MAX } from './opened-page.ts';
import { type ProductOfWorld, startProductOfWorld } from './product-of-world.ts';
import { watchAsATab } from './watch-as-a-tab.ts';

const STREAMS = 500;
const SHARDS = 4;

/**
 * The Streams page with 500 streams, in production build and over loopback, with a browser that has nothing in
 * its cache and a server that is warm. Median of five.
 *
 * - `tableAndMapMs`: from page.goto until the row of a random stream, which was searched for in the table ordered by
 *   bytes in, shows its strip in small and the figures that CloudWatch has of it for the period that it names
 * - `wireKB`: all but scripts until then, compressed as they are sent, heads included; `firstLoadKB`: scripts
 * - `longestTickTaskMs`: longest task of the main thread over three periods
 * - `longTasksWhileScrolling`: tasks over 50 ms while the page is scrolled from end to end
 * - `elements`: of the whole document, at the end
 */
export async function run(): Promise<Record<string, number>> {
  const product = await startProductOfWorld({ streams: STREAMS, shards: SHARDS });
  const browser = await openChromium();
  try {
    const stopWatching = await watchAsATab(product.url, null);
    await untilFiguresMove(browser, product.url, (page) =>
      page.getByRole('table').first().textContent({ timeout: WAIT_MS_MAX }),
    );
    const opened = await openCold(browser, (page) => findRandomStream(page, product));
    const aRow = (page: Page) => page.getByRole('row', { name: /world-/ }).first();
    const looked = await lookOn(browser, {
      async settle(page) {
        await page.goto(product.url);
        await aRow(page).waitFor();
        await page.getByText('live', { exact: true }).first().waitFor();
      },
      point: (page) => aRow(page).hover(),
      wheel: [90, 450, 1_800],
    });
    stopWatching();
    return { ...opened, ...looked };
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** Orders the table by bytes in and searches for a random stream. */
async function findRandomStream(page: Page, product: ProductOfWorld) {
  const name = `world-${String(1 + Math.floor(Math.random() * STREAMS)).padStart(4, '0')}`;
  await page.goto(product.url, { waitUntil: 'commit' });
  await sortAndSearch(page, name);
  const shown = await (
    await page.waitForFunction(readRow, name, { timeout: WAIT_MS_MAX })
  ).jsonValue();
  return async () => {
    if (shown === null) throw new Error('waited for');
    const { bytesIn, recordsIn, period } = shown;
    const counted = await shownOfStream(product.endpoint, name, period);
    expect({ name, bytesIn, recordsIn }).toEqual({ name, ...counted });
  };
}

/**
 * As soon as the page answers: before that it is a picture. Looked for by attributes: to work out roles and names of all
 * that is there takes the page's own time.
 */
async function sortAndSearch(page: Page, name: string): Promise<void> {
  const search = page.locator('input[aria-label="Search streams"]');
  const head = page.locator('thead th', { hasText: /^Bytes in$/ });
  await search.waitFor();
  for (;;) {
    await head.locator('button').evaluate((button: HTMLElement) => button.click());
    if ((await head.getAttribute('aria-sort')) !== null) break;
  }
  await search.fill(name);
}

/** Runs in the page: what the one row that is left says, once it is whole; null until then. */
function readRow(name: string) {
  const rows = [...document.querySelectorAll('table[aria-rowcount] tbody tr[aria-rowindex]')];
  const [row] = rows;
  if (row === undefined || rows.length !== 1 || row.textContent?.includes(name) !== true)
    return null;
  const heads = [...(row.closest('table')?.querySelectorAll('thead th') ?? [])];
  const cell = (head: string) =>
    row.children[heads.findIndex((each) => each.textContent?.trim() === head)]?.textContent
      ?.replace(/(< )?\d+ % of limit.*$/, '')
      .trim() ?? '';
  const strip = row.querySelector('svg[aria-label^="Shards by hash range"]');
  const period = /period (\S+)/.exec(row.textContent ?? '')?.[1];
  if (strip === null || period === undefined || cell('Bytes in') === '') return null;
  return { period, bytesIn: cell('Bytes in'), recordsIn: cell('Records in') };
}
