import type { Browser, Page } from '@playwright/test';
import { median } from './median.ts';
import { countCosts, countLongTasks, longestTaskMs } from './page-costs.ts';
import { PERIOD_SECONDS } from './product-of-world.ts';

const RUNS = 5;
const TICKS = 3;
const WINDOW = { width: 1440, height: 900 };

/**
 * How long a new window is left alone before it goes anywhere. A whole Chromium draws its own bars for each new
 * window, as pages in processes of their own, and for a second takes one of two cores from the page that is measured.
 */
const WINDOW_SETTLES_MS = 1_500;

/** Longest that something may take to appear: far beyond what is acceptable. Slow is a figure, not an error. */
export const WAIT_MS_MAX = 120_000;

type Opened = {
  readonly tableAndMapMs: number;
  readonly wireKB: number;
  readonly firstLoadKB: number;
};

/**
 * Opens a page five times, each time in a browser that has nothing in its cache.
 *
 * @param use goes to the page and uses it; returns as soon as what counts is on screen, with what proves that it is
 * right. That is done when the clock has stopped.
 * @returns medians, and the longest time
 */
export async function openCold(
  browser: Browser,
  use: (page: Page) => Promise<() => Promise<void>>,
): Promise<Record<string, number>> {
  const opened: Opened[] = [];
  for (let i = 0; i < RUNS; i += 1) opened.push(await openOnce(browser, use));
  const of = (pick: (one: Opened) => number) => median(opened.map(pick));
  return {
    tableAndMapMs: of((one) => one.tableAndMapMs),
    tableAndMapMsMax: Math.max(...opened.map((one) => one.tableAndMapMs)),
    wireKB: of((one) => one.wireKB),
    firstLoadKB: of((one) => one.firstLoadKB),
  };
}

async function openOnce(
  browser: Browser,
  use: (page: Page) => Promise<() => Promise<void>>,
): Promise<Opened> {
  const context = await browser.newContext({ viewport: WINDOW });
  const page = await context.newPage();
  const costs = await countCosts(page);
  await pause(WINDOW_SETTLES_MS);
  const startedMs = performance.now();
  const prove = await use(page);
  const tableAndMapMs = Math.round(performance.now() - startedMs);
  const opened = { tableAndMapMs, wireKB: costs.otherKB(), firstLoadKB: costs.scriptKB() };
  await prove();
  await context.close();
  return opened;
}

/**
 * What it costs to keep a page open over some periods, and to scroll it from end to end.
 *
 * @param settle goes to the page, and waits until it is quiet
 * @param point puts the pointer over what is to be scrolled
 * @param wheel steps of the wheel, CSS pixels; each is made twenty times
 */
export async function lookOn(
  browser: Browser,
  args: {
    readonly settle: (page: Page) => Promise<void>;
    readonly point: (page: Page) => Promise<void>;
    readonly wheel: readonly number[];
  },
): Promise<Record<string, number>> {
  const page = await browser.newPage({ viewport: WINDOW });
  await args.settle(page);
  const longestTickTaskMs = await longestTaskMs(page, () => pause(TICKS * PERIOD_SECONDS * 1_000));
  await args.point(page);
  const longTasksWhileScrolling = await countLongTasks(page, async () => {
    for (const pixels of args.wheel) {
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

/** Opens the page until it has shown figures of three periods: server and world are warm then. */
export async function untilFiguresMove(
  browser: Browser,
  url: string,
  textOf: (page: Page) => Promise<string | null>,
): Promise<void> {
  const page = await browser.newPage({ viewport: WINDOW });
  await page.goto(url);
  const periods = new Set<string>();
  const deadlineMs = performance.now() + WAIT_MS_MAX;
  while (periods.size < 3) {
    if (performance.now() > deadlineMs) throw new Error(`The figures of ${url} do not move.`);
    const text = (await textOf(page)) ?? '';
    for (const [, period = ''] of text.matchAll(/period (\S+)/g)) periods.add(period);
    await pause(500);
  }
  await page.close();
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
