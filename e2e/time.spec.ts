import type { Page } from '@playwright/test';
import { overload } from './fixtures/overload.ts';
import { startOfShownPeriod } from './fixtures/shown-period.ts';
import { openNewStream, readStreamScreen } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';
import { PERIOD_MS } from './fixtures/world.ts';

const strip = (page: Page) => page.getByRole('listbox', { name: 'Open shards by hash-key range' });
const rangeButton = (page: Page) => page.getByRole('button', { name: /^Time range: / });
const track = (page: Page) => page.getByRole('slider', { name: 'Period that the strip shows' });

/** Until a first period has been read: there is something to stand still, to zoom into, to go back to. */
async function untilRead(page: Page): Promise<void> {
  await expect(page.getByText(/CloudWatch, period \d/).first()).toBeVisible({ timeout: 20_000 });
  await expect(track(page)).toBeVisible({ timeout: 20_000 });
}

/** The period that the strip is of. */
async function shownPeriod(page: Page): Promise<string> {
  return (await readStreamScreen(page)).periods.at(1) ?? '';
}

test('a range is a link: it outlives a reload, and the browser goes back over it', async ({
  page,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  await untilRead(page);
  await expect(rangeButton(page)).toHaveAccessibleName('Time range: Last 15 min');

  await rangeButton(page).click();
  await page.getByRole('button', { name: '3 h', exact: true }).click();
  await expect(rangeButton(page)).toHaveAccessibleName('Time range: Last 3 h');
  await expect(page).toHaveURL(/[?&]range=3h/);
  await page.reload();
  await expect(rangeButton(page)).toHaveAccessibleName('Time range: Last 3 h');

  await rangeButton(page).click();
  await page.getByRole('textbox', { name: 'From' }).fill('2026-02-30 10:00');
  await page.getByRole('button', { name: 'Show this range' }).click();
  await expect(page.getByText(/“From” takes a date and a time/)).toBeVisible();
  const now = Date.now();
  const wall = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
  await page.getByRole('textbox', { name: 'From' }).fill(wall(now - 600_000));
  await page.getByRole('textbox', { name: 'To' }).fill(wall(now));
  await page.getByRole('button', { name: 'Show this range' }).click();
  await expect(page).toHaveURL(/[?&]since=\d{4}-.*until=\d{4}-/);
  await expect(rangeButton(page)).toHaveAccessibleName(
    `Time range: ${wall(now - 600_000).slice(5)} – ${wall(now).slice(11)} UTC`.replaceAll(
      /(\d\d:\d\d):00(?= )/g,
      '$1',
    ),
  );

  await page.goBack();
  await expect(rangeButton(page)).toHaveAccessibleName('Time range: Last 3 h');
  await page.goForward();
  await expect(page).toHaveURL(/[?&]since=/);
});

test('a part of a chart is looked at by drawing over it, and by keyboard', async ({
  page,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  await untilRead(page);
  const chart = page.getByRole('figure').filter({ hasText: 'Bytes in per shard' });
  const canvas = chart.getByRole('img');
  await expect(canvas).toBeVisible();
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (box === null) throw new Error('The chart is drawn nowhere.');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.8, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/[?&]since=/);

  await page.goBack();
  await expect(page).not.toHaveURL(/since=/);
  await chart.getByRole('slider').focus();
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/[?&]since=/);
});

test('paused figures stand still, say how far they are behind, and catch up', async ({
  page,
  context,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  await untilRead(page);
  await page.getByRole('button', { name: /^Pause/ }).click();
  await expect(page.getByText(/^Paused at \d{4}-/)).toBeVisible();
  await expect(page.getByRole('banner').getByRole('button', { name: 'paused' })).toBeVisible();
  const held = await readStreamScreen(page);

  // What another tab sees has gone on meanwhile.
  const other = await context.newPage();
  await other.goto(page.url());
  await expect
    .poll(() => shownPeriod(other), { timeout: 20_000 })
    .not.toBe(held.periods.at(1) ?? '');
  await expect
    .poll(() => shownPeriod(other), { timeout: 20_000 })
    .not.toBe(await shownPeriod(page));
  const still = await readStreamScreen(page);
  expect(still.periods).toEqual(held.periods);
  expect(still.chartNewest).toBe(held.chartNewest);
  expect([...still.refusedByPeriod]).toEqual([...held.refusedByPeriod]);
  await expect(page.getByText(/behind\.$/)).toBeVisible();
  await expect(page.getByRole('banner').getByRole('button', { name: 'live' })).toBeHidden();

  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(page.getByText(/^Paused at/)).toBeHidden();
  await expect.poll(() => shownPeriod(page), { timeout: 20_000 }).not.toBe(held.periods.at(1));
  await expect(page.getByRole('banner').getByRole('button', { name: 'live' })).toBeVisible({
    timeout: 30_000,
  });
});

test.describe('a reader elsewhere', () => {
  test.use({ timezoneId: 'Asia/Kolkata' });

  test('has all times in UTC or in local time, and each says which', async ({
    page,
    ownStreams,
  }) => {
    const name = await ownStreams.create({ shards: 1, shardMetrics: true });
    await openNewStream(page, name);
    await untilRead(page);
    const section = page.getByRole('region', { name: 'Open shards by hash key' });
    await expect(section).toContainText(/period \d\d:\d\d:\d\d–\d\d:\d\d:\d\d UTC/);

    await page.getByRole('button', { name: 'Times are in UTC' }).click();
    await page.getByRole('menuitemradio', { name: 'Local time' }).click();
    await expect(section).toContainText(/period \d\d:\d\d:\d\d–\d\d:\d\d:\d\d GMT\+5:30/);
    const main = page.getByRole('main');
    await expect(main.getByRole('figure').first()).toContainText('GMT+5:30');
    await expect(main.getByRole('columnheader', { name: 'Period, GMT+5:30' })).toBeVisible();
    expect(await main.innerText()).not.toMatch(/\bUTC\b/);

    // The server's own HTML obeys, too.
    const answer = await page.request.get(page.url());
    expect(await answer.text()).toContain('GMT+5:30');
    await page.reload();
    await expect(page.getByRole('button', { name: 'Times are in GMT+5:30' })).toBeVisible();
    await expect(section).toContainText('GMT+5:30');
  });
});

test('the strip is shown as it was, period by period, and goes back to now', async ({
  page,
  world,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  await untilRead(page);
  const { throttled } = await overload(world.kinesis, name, 2);
  const [startMs, refused] = [...throttled].find(([, count]) => count > 0) ?? [0, 0];
  expect(refused).toBeGreaterThan(0);
  // The page has read past it: what is shown as then is not what is shown now.
  const newestMs = async () => startOfShownPeriod(await shownPeriod(page), Date.now());
  await expect
    .poll(newestMs, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(Math.max(...throttled.keys()) + 2 * PERIOD_MS);

  await page.goto(`${page.url().split('?')[0]}?at=${new Date(startMs).toISOString()}`);
  await expect(page.getByText(/^As it was /)).toBeVisible();
  const words = `${refused.toLocaleString('en-GB')} record${refused === 1 ? '' : 's'} refused`;
  await expect(strip(page).getByRole('option')).toHaveAccessibleName(new RegExp(words));
  expect(startOfShownPeriod(await shownPeriod(page), Date.now())).toBe(startMs);

  await track(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect
    .poll(async () => startOfShownPeriod(await shownPeriod(page), Date.now()))
    .toBe(startMs - PERIOD_MS);
  await expect(strip(page).getByRole('option')).not.toHaveAccessibleName(/refused/);
  await page.keyboard.press('End');
  await expect(page.getByText(/^As it was /)).toBeHidden();
  await expect(page).not.toHaveURL(/[?&]at=/);
  await expect(strip(page)).toBeVisible();
});

test('the past is played, and ends in the present', async ({ page, world, ownStreams }) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  await untilRead(page);
  await overload(world.kinesis, name, 1);
  await expect
    .poll(async () => (await readStreamScreen(page)).refusedByPeriod.size, { timeout: 30_000 })
    .toBeGreaterThan(3);

  const speed = page.getByRole('radiogroup', { name: 'Speed' });
  await speed.getByText('1×', { exact: true }).click();
  await track(page).focus();
  await page.keyboard.press(' ');
  await expect(page.getByRole('button', { name: 'Stop playing' })).toBeVisible();
  await expect(page.getByText(/^As it was /)).toBeVisible();
  await speed.getByText('60×').click();
  await expect(page.getByText(/^As it was /)).toBeHidden({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: 'Play the recorded past' })).toBeVisible();
});

test('behind each chart stands a table of what it shows', async ({ page, world, ownStreams }) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  await untilRead(page);
  const { throttled } = await overload(world.kinesis, name, 1);
  const counts = [...throttled.values()].filter((count) => count > 0);
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
