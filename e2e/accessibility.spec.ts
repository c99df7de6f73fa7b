import { expectNoSidewaysScroll, expectNoViolation } from './fixtures/accessible.ts';
import { inEachLook } from './fixtures/looks.ts';
import { stripOf } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

test('Streams is accessible to everyone', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('row', { name: /tweets/ })).toContainText(/MiB\/s/);
  await inEachLook(page, async () => {
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);

    await page.getByRole('banner').getByRole('button', { name: 'live' }).click();
    await expect(page.getByRole('heading', { name: 'Where figures come from' })).toBeVisible();
    await expectNoViolation(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('heading', { name: 'Where figures come from' })).toBeHidden();

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
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menuitemradio', { name: 'Dark' })).toBeHidden();
  });
});

test('Stream is accessible to everyone', async ({ page }) => {
  await page.goto('/streams/embedded/tweets');
  const frames = stripOf(page).getByRole('option');
  await expect(frames).toHaveCount(6);
  await expect(frames.first()).toHaveAccessibleName(/ % of /);
  await inEachLook(page, async () => {
    await page.mouse.move(0, 0);
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);

    await frames.nth(2).hover();
    await expect(page.getByText('of the ring', { exact: false }).first()).toBeVisible();
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});

test('Lineage is accessible to everyone', async ({ page }) => {
  await page.goto('/streams/embedded/tweets?tab=lineage&lineage=all');
  const bands = page.getByRole('listbox', { name: /^Shards over time/ });
  await bands.focus();
  await page.keyboard.press('ArrowRight');
  await inEachLook(page, async () => {
    await expect(bands.getByRole('option')).toHaveText(/^shardId-/);
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});

test('Key lookup is accessible to everyone', async ({ page }) => {
  const hash = '900150983cd24fb0d6963f7d28e17f72';
  await page.goto(`/streams/embedded/tweets?tab=keys&hash=${hash}`);
  await expect(page.getByText('open: new records go here')).toBeVisible();
  await inEachLook(page, async () => {
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});

test('An open shard is accessible to everyone', async ({ page }) => {
  await page.goto('/streams/embedded/tweets?shard=shardId-000000000002');
  const drawer = page.getByRole('region', { name: /^Shard …/ });
  await inEachLook(page, async () => {
    await expect(drawer.getByText(/Together they use/)).toHaveCount(2);
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});

test('Stream without shard-level metrics is accessible to everyone', async ({ page }) => {
  await page.goto('/streams/embedded/audit-log');
  await expect(page.getByText('Shard-level metrics are off.').first()).toBeVisible();
  await inEachLook(page, async () => {
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});
