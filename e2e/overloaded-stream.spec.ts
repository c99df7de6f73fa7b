import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { Page } from '@playwright/test';
import { overload, type ThrottleCounts } from './fixtures/overload.ts';
import { createOwnStream, dropOwnStream } from './fixtures/own-stream.ts';
import { noteRefusals } from './fixtures/refusals.ts';
import { startOfShownPeriod } from './fixtures/shown-period.ts';
import {
  openNewStream,
  readStreamScreen,
  shownPeriod,
  stripOf,
  trackOf,
  untilRead,
} from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';
import { PERIOD_MS } from './fixtures/world.ts';

// One stream for all: it is put twice what it takes once, and looked at again and again.
test.describe.configure({ mode: 'default' });

const PERIODS = 3;

let name = '';
let overloading: Promise<ThrottleCounts> | undefined;

test.beforeAll(async ({ world }, { workerIndex }) => {
  name = `e2e-overloaded-${workerIndex}`;
  await createOwnStream(world.kinesis, { name, shards: 1, shardMetrics: true });
});

test.afterAll(({ world }) => dropOwnStream(world.kinesis, name));

/** The period in which the stream was made is never shown, and before the first refusal lies a quiet one. */
async function openRead(page: Page): Promise<void> {
  await openNewStream(page, name);
  await untilRead(page);
}

/** Until the page has read `periods` more than were overloaded: what is shown of then is not what is shown now. */
async function untilPast(
  page: Page,
  throttled: ThrottleCounts['throttled'],
  periods: number,
): Promise<void> {
  await expect
    .poll(async () => startOfShownPeriod(await shownPeriod(page), Date.now()), { timeout: 30_000 })
    .toBeGreaterThanOrEqual(Math.max(...throttled.keys()) + periods * PERIOD_MS);
}

function overloadOnce(kinesis: KinesisClient): Promise<ThrottleCounts> {
  overloading ??= overload(kinesis, name, PERIODS);
  return overloading;
}

test('the throttles of a stream are the errors that the SDK reported, period by period', async ({
  page,
  world,
}) => {
  await openRead(page);
  const { throttled, accepted } = await overloadOnce(world.kinesis);
  expect(accepted).toBeGreaterThan(0);
  expect(Math.max(...throttled.values())).toBeGreaterThan(0);

  const shown = new Map<number, number>();
  await expect
    .poll(
      async () => {
        await noteRefusals(page, shown);
        return [...throttled].map(([startMs]) => [startMs, shown.get(startMs)]);
      },
      { intervals: [250], timeout: 20_000 },
    )
    .toEqual([...throttled]);
});

test('the strip is shown as it was, period by period, and goes back to now', async ({
  page,
  world,
}) => {
  await openRead(page);
  const { throttled } = await overloadOnce(world.kinesis);
  const [startMs, refused] = [...throttled].find(([, count]) => count > 0) ?? [0, 0];
  expect(refused).toBeGreaterThan(0);
  await untilPast(page, throttled, 2);

  await page.goto(`${page.url().split('?')[0]}?at=${new Date(startMs).toISOString()}`);
  await expect(page.getByText(/^As it was /)).toBeVisible();
  const words = `${refused.toLocaleString('en-GB')} record${refused === 1 ? '' : 's'} refused`;
  await expect(stripOf(page).getByRole('option')).toHaveAccessibleName(new RegExp(words));
  expect(startOfShownPeriod(await shownPeriod(page), Date.now())).toBe(startMs);

  await trackOf(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(async () => startOfShownPeriod(await shownPeriod(page), Date.now()))
    .toBe(startMs - PERIOD_MS);
  await expect(stripOf(page).getByRole('option')).not.toHaveAccessibleName(/refused/);
  await page.keyboard.press('End');
  await expect(page.getByText(/^As it was /)).toBeHidden();
  await expect(page).not.toHaveURL(/[?&]at=/);
  await expect(stripOf(page)).toBeVisible();
});

test('the past is played, and ends in the present', async ({ page, world }) => {
  await openRead(page);
  await overloadOnce(world.kinesis);
  await expect
    .poll(async () => (await readStreamScreen(page)).refusedByPeriod.size, { timeout: 30_000 })
    .toBeGreaterThan(3);

  const speed = page.getByRole('radiogroup', { name: 'Speed' });
  await speed.getByText('1×', { exact: true }).click();
  await trackOf(page).focus();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Stop playing' })).toBeVisible();
  await expect(page.getByText(/^As it was /)).toBeVisible();
  await speed.getByText('60×').click();
  await expect(page.getByText(/^As it was /)).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Play the recorded past' })).toBeVisible();
});

test('behind each chart stands a table of what it shows', async ({ page, world }) => {
  await openRead(page);
  const { throttled } = await overloadOnce(world.kinesis);
  const counts = [...throttled.values()].filter((count) => count > 0);
  await untilPast(page, throttled, 0);
  // Of these periods alone: a table draws the rows that are in sight.
  const instant = (ms: number) => new Date(ms).toISOString();
  const [since, until] = [Math.min(...throttled.keys()), Math.max(...throttled.keys()) + PERIOD_MS];
  await page.goto(`${page.url().split('?')[0]}?since=${instant(since)}&until=${instant(until)}`);
  await expect(page.getByRole('banner').getByRole('button', { name: 'live' })).toBeVisible();
  for (const scope of ['Hottest shards', 'Whole stream']) {
    await page.getByText(scope, { exact: true }).click();
    const charts = page.getByRole('main').getByRole('figure');
    await expect(charts.first()).toBeVisible();
    for (const chart of await charts.all()) {
      await chart.getByRole('button', { name: 'Table' }).click();
      const table = chart.getByRole('table');
      await expect(table.getByRole('columnheader', { name: 'Period, UTC' })).toBeVisible();
      await expect(table.getByRole('rowheader').first()).toHaveText(/^\d\d:\d\d:\d\d–/);
    }
  }
  const refused = page.getByRole('figure').filter({ hasText: 'Records refused per period' });
  for (const count of counts) {
    await expect(
      refused.getByRole('cell', { name: count.toLocaleString('en-GB'), exact: true }).first(),
    ).toBeVisible({ timeout: 20_000 });
  }
});
