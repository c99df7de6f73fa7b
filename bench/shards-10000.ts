import { expect, type Locator, type Page } from '@playwright/test';
import { countedByEngine } from './counted-by-engine.ts';
import { openChromium } from './open-chromium.ts';
import { lookOn, openCold, untilFiguresMove, WAIT_MS_MAX } from './opened-page.ts';
import { type ProductOfWorld, startProductOfWorld } from './product-of-world.ts';
import { watchAsATab } from './watch-as-a-tab.ts';

const SHARDS = 10_000;
const STREAM = 'world-0001';

/**
 * The page of a stream of 10,000 shards, in production build and over loopback, with a browser that has
 * nothing in its cache and a server that is warm. Median of five.
 *
 * - `tableAndMapMs`: from page.goto until the tooltip of a random shard, and its row in the table ordered by use of
 *   the tightest limit, show the figures that CloudWatch has of it for the period that they name
 * - `wireKB`: all but scripts until then, compressed as they are sent, heads included; `firstLoadKB`: scripts
 * - `longestTickTaskMs`: longest task of the main thread over three periods
 * - `longTasksWhileScrolling`: tasks over 50 ms while the table is scrolled from end to end
 * - `elements`: of the whole document, at the end
 */
export async function run(): Promise<Record<string, number>> {
  const product = await startProductOfWorld({ streams: 1, shards: SHARDS });
  const browser = await openChromium();
  try {
    const target = { connection: product.connection, streamName: STREAM };
    const stopWatching = await watchAsATab(product.url, target);
    const url = `${product.url}/streams/${product.connection}/${STREAM}`;
    await untilFiguresMove(browser, url, (page) => {
      const source = page.getByText(/CloudWatch, period/).first();
      return source.textContent({ timeout: WAIT_MS_MAX });
    });
    const opened = await openCold(browser, (page) => findRandomShard(page, url, product));
    const looked = await lookOn(browser, {
      settle: (page) => settle(page, url),
      async point(page) {
        const table = tableOf(page);
        await table.scrollIntoViewIfNeeded();
        await table.hover();
      },
      wheel: [120, 600, 3_000, 12_000],
    });
    stopWatching();
    return { ...opened, ...looked };
  } finally {
    await browser.close();
    await product.stop();
  }
}

/** Points at a random place of the strip, orders the table by use, and chooses the shard. */
async function findRandomShard(page: Page, url: string, product: ProductOfWorld) {
  const share = Math.random();
  await page.goto(url, { waitUntil: 'commit' });
  await pointAt(page, share);
  // The head of the table lies below the window: a click by hand would scroll the strip away from the pointer.
  await page.evaluate(sortByTightestLimit);
  await page.mouse.down();
  await page.mouse.up();
  const shown = await (
    await page.waitForFunction(readTooltipAndRow, undefined, { timeout: WAIT_MS_MAX })
  ).jsonValue();
  return async () => {
    if (shown === null) throw new Error('waited for');
    expect(Math.abs(shown.place / SHARDS - share)).toBeLessThan(0.001);
    const counted = await countedByEngine(product.endpoint, STREAM, shown);
    const { shardId } = shown;
    expect({ ...shown.row, shardId }).toEqual({ ...counted, shardId });
    expect(shown.tooltip).toEqual(counted);
  };
}

/**
 * Moves the pointer to a share of the strip until somebody answers: before that the page is a picture. All that is asked
 * of the page is asked in its own world: what locators need is a script of their own, which the page would have to take.
 */
async function pointAt(page: Page, share: number): Promise<void> {
  const drawn = await page.waitForFunction(() => {
    const strip = document.querySelector(
      '[role=listbox][aria-label="Open shards by hash-key range"]',
    );
    const box = strip?.getBoundingClientRect();
    return box === undefined || box.width === 0
      ? null
      : { x: box.x, y: box.y, width: box.width, height: box.height };
  });
  const box = await drawn.jsonValue();
  if (box === null) throw new Error('waited for');
  const at = { x: box.x + share * box.width, y: box.y + box.height / 2 };
  let answered = false;
  for (let step = 0; !answered; step += 1) {
    await page.mouse.move(at.x, at.y + (step % 2));
    // At 10,000 shards none but the one that is pointed at is an option.
    answered = await page.evaluate(
      () => document.querySelector('[role=listbox] [role=option]') !== null,
    );
  }
}

/** Runs in the page. */
function sortByTightestLimit(): void {
  const button = [...document.querySelectorAll<HTMLElement>('thead button')].find((one) =>
    one.textContent?.includes('Tightest limit'),
  );
  if (button === undefined) throw new Error('No column says how near its limit a shard is.');
  button.click();
}

/**
 * Runs in the page. What tooltip and chosen row say, once both are there and of one period; null until then.
 * The tooltip is hidden from assistive technology, as the option says the same: that is what is read.
 */
function readTooltipAndRow() {
  const option = document.querySelector('[role=listbox] [role=option][aria-selected=true]');
  const row = document.querySelector('tbody tr[data-selected]');
  const shardId = /^shardId-\d+/.exec(option?.textContent ?? '')?.[0];
  if (option == null || row == null || shardId === undefined) return null;
  const cells = [...(row.closest('table')?.querySelectorAll('thead th') ?? [])].map(
    (head, i) =>
      [head.textContent?.trim() ?? '', row.children[i]?.textContent?.trim() ?? ''] as const,
  );
  const cell = (name: string) => cells.find(([head]) => head === name)?.[1] ?? '';
  const words = option.textContent ?? '';
  const strip = option.closest('section');
  // The box that it scrolls in is a section of the one that tells its source.
  const table = row.closest('section:has(h2)');
  const periodOf = (section: Element | null) =>
    /period (\S+)/.exec(section?.textContent ?? '')?.[1];
  const period = periodOf(strip);
  if (period === undefined || period !== periodOf(table)) return null;
  const [, use = '', bytesIn = '', recordsIn = ''] =
    /: (.+? %) of [a-z ]+, (.+?) and (.+? rec\/s) in/.exec(words) ?? [];
  if (use === '' || cell('Bytes in') === '') return null;
  return {
    shardId,
    place: Number(option.getAttribute('aria-posinset')) - 1,
    period,
    tooltip: { use, bytesIn, recordsIn },
    row: {
      use: cell('Tightest limit').replace(/ (write|read) (bytes|records)$/, ''),
      bytesIn: cell('Bytes in'),
      recordsIn: cell('Records in'),
    },
  };
}

function tableOf(page: Page): Locator {
  return page.getByRole('table', { name: /^Shards with/ });
}

async function settle(page: Page, url: string): Promise<void> {
  await page.goto(url);
  const choose = tableOf(page).getByRole('button', { name: /^Choose/ });
  await choose.first().waitFor();
  await page.getByText('live', { exact: true }).first().waitFor();
  await page.getByText('Reading the history…').first().waitFor({ state: 'hidden' });
}
