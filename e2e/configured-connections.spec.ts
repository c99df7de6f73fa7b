import type { Page } from '@playwright/test';
import { expectNoViolation } from './fixtures/accessible.ts';
import { type ConfiguredProduct, startConfiguredProduct } from './fixtures/configured-product.ts';
import { expect, test } from './fixtures/test.ts';

// Each has a product of its own, which takes its time to start.
test.describe.configure({ timeout: 120_000 });

test('a read-only connection says so and changes nothing', async ({ page, product }) => {
  const lines = ['readOnly: true', 'include: ["orders"]'];
  const configured = await startConfiguredProduct(product, { watched: lines }, 0);
  await whileItRuns(page, configured, async () => {
    await page.goto(`${configured.url}/streams/watched/orders?tab=settings`);
    await expect(page.getByText(/Connection “watched” is read-only/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'Retention' })).toContainText('168 h (7 days)');
    for (const change of await page.getByRole('button', { name: 'Change' }).all()) {
      await expect(change).toBeDisabled();
    }
    await expect(page.getByRole('button', { name: 'Delete…' })).toBeDisabled();
    await page.goto(configured.url);
    await expect(page.getByRole('button', { name: 'Create stream' })).toBeDisabled();
  });
});

test('an account without streams teaches', async ({ page, product }) => {
  const lines = ['include: ["no-such-*"]'];
  const empty = await startConfiguredProduct(product, { empty: lines }, 4);
  await whileItRuns(page, empty, async () => {
    await page.goto(empty.url);
    await expect(page.getByRole('heading', { name: 'There is no stream here' })).toBeVisible();
    await expect(page.getByText('aws kinesis create-stream')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Create stream' })).toBeEnabled();
    await expectNoViolation(page);
  });
});

async function whileItRuns(
  page: Page,
  { stop }: ConfiguredProduct,
  look: () => Promise<void>,
): Promise<void> {
  try {
    await look();
  } finally {
    // A page that is left open would complain that nobody answers any more.
    await page.goto('about:blank');
    await stop();
  }
}
