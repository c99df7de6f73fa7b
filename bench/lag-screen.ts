import type { Locator, Page } from '@playwright/test';
import { openChromium } from './open-chromium.ts';
import { WAIT_MS_MAX } from './opened-page.ts';
import { countLongTasks, longestTaskMs } from './page-costs.ts';
import { CONSUMER_SECONDS, startProductOfWorld } from './product-of-world.ts';

const APPLICATIONS = 10;
const SHARDS = 5_000;
const STREAM = 'world-0001';
const WINDOW = { width: 1440, height: 900 };
const ROUNDS = 2;
/** Places that the pointer goes to, along the picture. */
const PLACES = 60;

/**
 * Lag of 10 applications on a stream of 5,000 shards, on screen, in production build: the heat map on the page of one of
 * them, and the rows of all below the strip of the stream.
 *
 * - `...LongestTaskMs`: of the main thread, over two readings of the lease tables while nobody does anything
 * - `...LongTasks`: tasks over 50 ms while the pointer goes along the picture, and over the page
 */
export async function run(): Promise<Record<string, number>> {
  const product = await startProductOfWorld({
    streams: 1,
    shards: SHARDS,
    applications: APPLICATIONS,
  });
  const browser = await openChromium();
  try {
    const page = await browser.newPage({ viewport: WINDOW });
    const stream = `${product.url}/streams/${product.connection}/${STREAM}`;
    await page.goto(`${product.url}/applications`);
    await page
      .getByRole('link', { name: /^application-9$/ })
      .first()
      .waitFor({ timeout: WAIT_MS_MAX });
    const heatMap = await look(page, `${stream}/applications/kcl/application-0`, (of) =>
      of.getByRole('listbox', { name: /^Lag over/ }),
    );
    const rows = await look(page, stream, (of) =>
      of.getByRole('listbox', { name: /^Lag of application-0 / }),
    );
    return {
      heatMapLongestTaskMs: heatMap.longestTaskMs,
      heatMapLongTasks: heatMap.longTasks,
      rowsLongestTaskMs: rows.longestTaskMs,
      rowsLongTasks: rows.longTasks,
    };
  } finally {
    await browser.close();
    await product.stop();
  }
}

async function look(page: Page, url: string, pictureOf: (page: Page) => Locator) {
  await page.goto(url);
  const picture = pictureOf(page);
  await picture.waitFor({ timeout: WAIT_MS_MAX });
  await picture.scrollIntoViewIfNeeded();
  // What a page does once, when it has come, is no part of it.
  await pause(5_000);
  const box = await picture.boundingBox();
  if (box === null) throw new Error('The picture has no box.');
  const idleMs = ROUNDS * CONSUMER_SECONDS * 1_000;
  return {
    longestTaskMs: await longestTaskMs(page, () => pause(idleMs)),
    longTasks: await countLongTasks(page, async () => {
      for (let place = 0; place < PLACES; place += 1) {
        await page.mouse.move(box.x + (box.width * (place + 0.5)) / PLACES, box.y + box.height / 2);
        await pause(30);
      }
      for (let step = 0; step < PLACES; step += 1) {
        await page.mouse.wheel(0, step < PLACES / 2 ? 60 : -60);
        await pause(30);
      }
    }),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
