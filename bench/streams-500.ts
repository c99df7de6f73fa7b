import { type Browser, expect, type Page } from '@playwright/test';
import { shownOfStream } from './counted-by-engine.ts';
import { median } from './median.ts';
import { openChromium } from './open-chromium.ts';
import { countCosts, countLongTasks, longestTaskMs } from './page-costs.ts';
import { PERIOD_SECONDS, type ProductOfWorld, startProductOfWorld } from './product-of-world.ts';
import { watchAsATab } from './watch-as-a-tab.ts';

const STREAMS = 500;
const SHARDS = 4;
const RUNS = 5;
const TICKS = 3;
const WAIT_MS_MAX = 120_000;
const WINDOW = { width: 1440, height: 900 };

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
    await untilFiguresMove(browser, product.url);
    const opened: Opened[] = [];
    for (let i = 0; i < RUNS; i += 1) opened.push(await openCold(browser, product));
    const looked = await lookOn(browser, product.url);
    stopWatching();
    const of = (pick: (one: Opened) => number) => median(opened.map(pick));
    return {
      tableAndMapMs: of((one) => one.tableAndMapMs),
      tableAndMapMsMax: Math.max(...opened.map((one) => one.tableAndMapMs)),
      wireKB: of((one) => one.wireKB),
      firstLoadKB: of((one) => one.firstLoadKB),
      ...looked,
    };
  } finally {
    await browser.close();
    await product.stop();
  }
}

async function untilFiguresMove(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ viewport: WINDOW });
  await page.goto(url);
  const periods = new Set<string>();
  await expect
    .poll(
      async () => {
        const text = (await page.getByRole('table').first().textContent()) ?? '';
        for (const [, period = ''] of text.matchAll(/period (\S+)/g)) periods.add(period);
        return periods.size;
      },
      { timeout: WAIT_MS_MAX },
    )
    .toBeGreaterThan(2);
  await page.close();
}

type Opened = {
  readonly tableAndMapMs: number;
  readonly wireKB: number;
  readonly firstLoadKB: number;
};

async function openCold(browser: Browser, product: ProductOfWorld): Promise<Opened> {
  const context = await browser.newContext({ viewport: WINDOW });
  const page = await context.newPage();
  const costs = await countCosts(page);
  const name = `world-${String(1 + Math.floor(Math.random() * STREAMS)).padStart(4, '0')}`;
  const startedMs = performance.now();
  await page.goto(product.url, { waitUntil: 'commit' });
  await sortAndSearch(page, name);
  const shown = await (
    await page.waitForFunction(readRow, name, { timeout: WAIT_MS_MAX })
  ).jsonValue();
  const tableAndMapMs = Math.round(performance.now() - startedMs);
  const wireKB = costs.otherKB();
  const firstLoadKB = costs.scriptKB();
  if (shown === null) throw new Error('waited for');
  const counted = await shownOfStream(product.endpoint, name, shown.period);
  expect({ name, bytesIn: shown.bytesIn, recordsIn: shown.recordsIn }).toEqual({
    name,
    ...counted,
  });
  await context.close();
  return { tableAndMapMs, wireKB, firstLoadKB };
}

/** As soon as the page answers: before that it is a picture. */
async function sortAndSearch(page: Page, name: string): Promise<void> {
  const search = page.getByRole('textbox', { name: 'Search streams' });
  const head = page.getByRole('columnheader', { name: 'Bytes in', exact: true });
  await search.waitFor();
  for (;;) {
    await head.getByRole('button').evaluate((button: HTMLElement) => button.click());
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

/** What it costs to keep the page open, and to scroll it. */
async function lookOn(browser: Browser, url: string): Promise<Record<string, number>> {
  const page = await browser.newPage({ viewport: WINDOW });
  await page.goto(url);
  await page
    .getByRole('row', { name: /world-/ })
    .first()
    .waitFor();
  await page.getByText('live', { exact: true }).first().waitFor();
  const longestTickTaskMs = await longestTaskMs(page, () => pause(TICKS * PERIOD_SECONDS * 1_000));
  await page
    .getByRole('row', { name: /world-/ })
    .first()
    .hover();
  const longTasksWhileScrolling = await countLongTasks(page, async () => {
    for (const pixels of [90, 450, 1_800]) {
      for (let i = 0; i < 20; i += 1) {
        await page.mouse.wheel(0, pixels);
        await pause(30);
      }
    }
    await pause(500);
  });
  const elements = await page.evaluate(() => document.querySelectorAll('*').length);
  await page.close();
  return { longestTickTaskMs, longTasksWhileScrolling, elements };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
