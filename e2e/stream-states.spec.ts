import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { HASH_KEY_MAX } from '#lib/domain/hash-key.ts';
import { type ForkedWorld, forkWorld } from '#server/local-aws/testing/fork-world.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { type ConfiguredProduct, startProductReading } from './fixtures/configured-product.ts';
import { stripOf } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

// One product for all; each stream is in a state of its own.
test.describe.configure({ mode: 'default' });

const HOUR_MS = 3_600_000;
/** Longer than the retention of 24 h: what was closed when this world began has expired when it ends. */
const YESTERDAY_MS = 25 * HOUR_MS;
/** Of the world's clock: a stream that is being deleted stays so while that stands still. */
const TRANSITION_MS = 600_000;
const WIDE_SHARDS = 10_000;
const WIDE_PERIOD_SECONDS = 20;
const SHOWN = { timeout: 45_000 };
/** What the issue allows a page of any size. */
const ELEMENTS_MAX = 1_500;

let yesterday: World;
let wide: ForkedWorld;
let product: ConfiguredProduct;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  yesterday = await startWorld({
    clock: 'virtual',
    startAtMs: Date.now() - YESTERDAY_MS,
    transitionMs: TRANSITION_MS,
  });
  wide = await forkWorld({
    world: { streams: 1, shards: WIDE_SHARDS },
    metrics: { basePeriodMs: WIDE_PERIOD_SECONDS * 1_000, delayMs: 0 },
  });
  const { engine, faults } = yesterday;
  for (const [streamName, shardCount] of Object.entries({ reshaped: 1, leaving: 2, secret: 1 })) {
    engine.createStream({ streamName, shardCount });
  }
  await pass(TRANSITION_MS);
  engine.splitShard({
    streamName: 'reshaped',
    shardToSplit: 'shardId-000000000000',
    newStartingHashKey: (HASH_KEY_MAX + 1n) / 2n,
  });
  await pass(TRANSITION_MS);
  faults.addFault({
    effect: { type: 'deny' },
    operation: 'DescribeStreamSummary',
    streamName: 'secret',
  });
  product = await startProductReading(
    {
      yesterday: { endpoint: yesterday.endpoints.kinesis, periodSeconds: 5, lines: [] },
      wide: {
        endpoint: wide.endpoints.kinesis,
        periodSeconds: WIDE_PERIOD_SECONDS,
        lines: ['quotaShare: 1', 'backfillHours: 0'],
      },
    },
    2,
  );
});

test.afterAll(async () => {
  await product?.stop();
  await Promise.all([yesterday?.close(), wide?.stop()]);
});

test.afterEach(async ({ page }) => {
  // A page that is left open would complain that nobody answers any more.
  await page.goto('about:blank');
});

/** Lets time pass in the world of yesterday. */
async function pass(ms: number): Promise<void> {
  await yesterday.advanceTo(yesterday.clock.nowMs() + ms);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${product.url}/streams/${path}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(path.split('/')[1] ?? '', SHOWN);
}

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('closed shards that expired yesterday are known from stored topologies', async ({ page }) => {
  await open(page, 'yesterday/reshaped');
  await page.getByRole('tab', { name: 'Lineage' }).click();
  await page.getByText('All that is known', { exact: true }).click();
  await expect(page.getByText('2 shards open, 1 closed, 0 expired')).toBeVisible(SHOWN);

  await pass(YESTERDAY_MS - 2 * TRANSITION_MS);
  const { shards } = yesterday.engine.listShards({ streamName: 'reshaped' });
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
  yesterday.engine.deleteStream({ streamName: 'leaving' });
  await page.goto(`${product.url}/?q=leaving`);
  await expect(page.getByRole('row', { name: /leaving/ })).toContainText('deleting', SHOWN);
  await expectNoViolation(page);
  await open(page, 'yesterday/leaving');
  await expect(page.getByText(/being deleted/i).first()).toBeVisible(SHOWN);
  await expectNoViolation(page);
  await page.getByRole('tab', { name: 'Settings' }).click();
  const changes = page.getByRole('button', { name: 'Change', exact: true });
  await expect(changes.first()).toBeVisible();
  for (const change of await changes.all()) await expect(change).toBeDisabled();
  await expectNoViolation(page);
});

test('a forbidden stream says which permission is missing, on both pages', async ({ page }) => {
  await page.goto(`${product.url}/?q=secret`);
  await expect(page.getByRole('row', { name: /secret/ })).toContainText(
    'Allow kinesis:DescribeStreamSummary',
    SHOWN,
  );
  await page.goto(`${product.url}/streams/yesterday/secret`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('secret');
  await expect(page.getByText('Allow kinesis:DescribeStreamSummary')).toBeVisible();
  await expectNoViolation(page);
});

for (const width of [1440, 390]) {
  test.describe(`${width} wide`, () => {
    test.use({ viewport: { width, height: 900 } });

    test('10,000 shards: a map, rows in sight, and every shard within reach', async ({ page }) => {
      await open(page, 'wide/world-0001');
      await expect(page.getByText('10,000 open shards').first()).toBeVisible(SHOWN);
      await expect(page.getByText(/CloudWatch, period \d/).first()).toBeVisible(SHOWN);
      const elements = await page.evaluate(() => document.querySelectorAll('*').length);
      expect(elements).toBeLessThan(ELEMENTS_MAX);

      const strip = stripOf(page);
      await strip.focus();
      await page.keyboard.press('End');
      const last = strip.getByRole('option', { name: /^shardId-000000009999: \S+.* % of / });
      await expect(last).toHaveAttribute('aria-posinset', String(WIDE_SHARDS));
      await expectNoViolation(page);
      const overhang = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overhang, 'pixels to scroll sideways').toBeLessThanOrEqual(0);
    });
  });
}
