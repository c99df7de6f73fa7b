import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { stripOf } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

const WIDTHS = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

for (const colorScheme of ['dark', 'light'] as const) {
  for (const viewport of WIDTHS) {
    test.describe(`${colorScheme}, ${viewport.width} wide`, () => {
      test.use({ colorScheme, viewport });

      test('Streams is accessible to everyone', async ({ page }) => {
        await page.goto('/');
        await expect(page.getByRole('row', { name: /tweets/ })).toContainText(/MiB\/s/);
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);

        await page.getByRole('banner').getByRole('button', { name: 'live' }).click();
        await expect(page.getByRole('heading', { name: 'Where figures come from' })).toBeVisible();
        await expectNoViolation(page);
        await page.keyboard.press('Escape');

        await page.getByRole('button', { name: 'Go to a stream, page or key' }).click();
        await expect(page.getByRole('option', { name: 'tweets', exact: true })).toBeVisible();
        await expectNoViolation(page);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();

        await page.keyboard.press('Shift+?');
        await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
        await expectNoViolation(page);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();

        await page.getByRole('button', { name: 'Colour scheme' }).click();
        await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeVisible();
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);
      });

      test('Stream is accessible to everyone', async ({ page }) => {
        await page.goto('/streams/embedded/tweets');
        const frames = stripOf(page).getByRole('option');
        await expect(frames).toHaveCount(6);
        await expect(frames.first()).toHaveAccessibleName(/ % of /);
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);

        await frames.nth(2).hover();
        await expect(page.getByText('of the ring', { exact: false }).first()).toBeVisible();
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);
      });

      test('Lineage, key lookup and an open shard are accessible to everyone', async ({ page }) => {
        const stream = '/streams/embedded/tweets';
        await page.goto(`${stream}?tab=lineage&lineage=all`);
        const bands = page.getByRole('listbox', { name: /^Shards over time/ });
        await bands.focus();
        await page.keyboard.press('ArrowRight');
        await expect(bands.getByRole('option')).toHaveText(/^shardId-/);
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);

        await page.goto(`${stream}?tab=keys&hash=900150983cd24fb0d6963f7d28e17f72`);
        await expect(page.getByText('open: new records go here')).toBeVisible();
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);

        await page.goto(`${stream}?shard=shardId-000000000002`);
        const drawer = page.getByRole('region', { name: /^Shard …/ });
        await expect(drawer.getByText(/Together they use/)).toHaveCount(2);
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);
      });

      test('Stream without shard-level metrics is accessible to everyone', async ({ page }) => {
        await page.goto('/streams/embedded/audit-log');
        await expect(page.getByText('Shard-level metrics are off.').first()).toBeVisible();
        await expectNoViolation(page);
        await expectNoSidewaysScroll(page);
      });
    });
  }
}

/** Every rule that axe has on by itself, the best practices among them. */
async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    nodes: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary ?? ''}`),
  }));
  expect(found).toEqual([]);
}

/** Wide tables scroll in a box of their own; the page does not. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const overhang = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overhang).toBeLessThanOrEqual(0);
}
