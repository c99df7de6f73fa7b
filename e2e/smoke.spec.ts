import { expect, test } from '@playwright/test';
import { findProduct } from './fixtures/product.ts';

test('the start page lists the streams', async ({ page }) => {
  await page.goto(findProduct().url);
  await expect(page.getByRole('heading', { level: 1, name: 'Streams' })).toBeVisible();
  await expect(page.getByRole('row', { name: /tweets/ })).toBeVisible();
});
