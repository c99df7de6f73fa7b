import type { Page } from '@playwright/test';
import { expectNoSidewaysScroll, expectNoViolation } from './fixtures/accessible.ts';
import { inEachLook } from './fixtures/looks.ts';
import { type StateWorlds, startStateWorlds, WIDE_SHARDS } from './fixtures/state-worlds.ts';
import { stripOf } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

// One product for all; each stream is in a state of its own.
test.describe.configure({ mode: 'default' });

const SHOWN = { timeout: 45_000 };
/** What the issue allows a page of any size. */
const ELEMENTS_MAX = 1_500;

let worlds: StateWorlds;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  worlds = await startStateWorlds(2, { wide: true, single: false });
});

test.afterAll(() => worlds?.stop());

test.afterEach(async ({ page }) => {
  // A page that is left open would complain that nobody answers any more.
  await page.goto('about:blank');
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${worlds.product.url}/streams/${path}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(path.split('/')[1] ?? '', SHOWN);
}

test('closed shards that expired yesterday are known from stored topologies', async ({ page }) => {
  await open(page, 'yesterday/reshaped');
  await page.getByRole('tab', { name: 'Lineage' }).click();
  await page.getByText('All that is known', { exact: true }).click();
  await expect(page.getByText('2 shards open, 1 closed, 0 expired')).toBeVisible(SHOWN);

  await worlds.expireYesterday();
  const { shards } = worlds.yesterday.engine.listShards({ streamName: 'reshaped' });
  expect(shards.map(({ shardId }) => shardId)).toEqual([
    'shardId-000000000001',
    'shardId-000000000002',
  ]);
  await expect(page.getByText('2 shards open, 0 closed, 1 expired')).toBeVisible(SHOWN);
  const bands = page.getByRole('listbox', { name: /^Shards over time/ });
  await bands.focus();
  await page.keyboard.press('Home');
  await expect(bands.getByRole('option')).toHaveText(
    /^shardId-000000000000: expired.*split into …0001 and …0002$/,
  );
  await expectNoViolation(page);
});

test('a stream that is being deleted says so, and offers no change', async ({ page }) => {
  worlds.deleteLeaving();
  await page.goto(`${worlds.product.url}/?q=leaving`);
  await expect(page.getByRole('row', { name: /leaving/ })).toContainText('deleting', SHOWN);
  await expectNoViolation(page);
  await open(page, 'yesterday/leaving');
  // Once, whatever its figures are, and beside no advice.
  await expect(page.getByText(/being deleted/i)).toHaveCount(1, SHOWN);
  await expect(page.getByText('AWS takes no more records')).toBeVisible();
  await expect(page.getByText('nothing needs doing')).toBeHidden();
  // Nothing was ever written to it: that is not known to be none refused.
  await expect(page.getByText('Nothing was refused in this time.')).toHaveCount(0);
  await expectNoViolation(page);
  await page.getByRole('tab', { name: 'Settings' }).click();
  const changes = page.getByRole('button', { name: 'Change', exact: true });
  await expect(changes.first()).toBeVisible();
  for (const change of await changes.all()) await expect(change).toBeDisabled();
  await expect(page.getByRole('button', { name: /shard-level metrics…$/ })).toBeDisabled();
  await expect(page.getByText('Consumers cannot be read')).toHaveCount(0);
  await expectNoViolation(page);
});

test('a forbidden stream says which permission is missing, on both pages', async ({ page }) => {
  await page.goto(`${worlds.product.url}/?q=secret`);
  await expect(page.getByRole('row', { name: /secret/ })).toContainText(
    'Allow kinesis:DescribeStreamSummary',
    SHOWN,
  );
  await expect(page.getByRole('region', { name: 'Summary' })).toContainText('1 not readable');
  await page.goto(`${worlds.product.url}/streams/yesterday/secret`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('“secret” cannot be read');
  await expect(page.getByText('"kinesis:DescribeStreamSummary"')).toBeVisible();
  await expect(page.getByText('Allow kinesis:DescribeStreamSummary')).toBeVisible();
  await expectNoViolation(page);
});

test('10,000 shards: a map, rows in sight, and every shard within reach', async ({ page }) => {
  await open(page, 'wide/world-0001');
  await expect(page.getByText('10,000 open shards').first()).toBeVisible(SHOWN);
  await expect(page.getByText(/CloudWatch, period \d/).first()).toBeVisible(SHOWN);
  const strip = stripOf(page);
  const last = strip.getByRole('option', { name: /^shardId-000000009999: \S+.* % of / });
  await inEachLook(page, async () => {
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    expect(elements).toBeLessThan(ELEMENTS_MAX);

    await strip.focus();
    await page.keyboard.press('Home');
    await expect(last).toHaveCount(0);
    await page.keyboard.press('End');
    await expect(last).toHaveAttribute('aria-posinset', String(WIDE_SHARDS));
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});
