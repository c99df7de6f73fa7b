import type { Page } from '@playwright/test';
import { readStreamScreen, shownPeriod, untilRead } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

/** Of the demo: nothing here changes a stream, and this one has been read for long. */
const STREAM = '/streams/embedded/orders';

const rangeButton = (page: Page) => page.getByRole('button', { name: /^Time range: / });

/** As it is once it hears clicks: until then it is only HTML. */
async function openStream(page: Page): Promise<void> {
  await page.goto(STREAM);
  await untilRead(page);
  await expect(page.getByRole('banner').getByRole('button', { name: 'live' })).toBeVisible();
}

test('a range is a link: it outlives a reload, and the browser goes back over it', async ({
  page,
}) => {
  await openStream(page);
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

test('a part of a chart is looked at by drawing over it, and by keyboard', async ({ page }) => {
  await openStream(page);
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
}) => {
  await openStream(page);
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

  test('has all times in UTC or in local time, and each says which', async ({ page }) => {
    await openStream(page);
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
