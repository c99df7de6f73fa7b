import { expect, test } from './fixtures/test.ts';

test('columns are chosen, kept by this browser, and sent along in the address', async ({
  page,
  browser,
  product,
}) => {
  await page.goto('/');
  const head = (name: string) => page.getByRole('columnheader', { name, exact: true });
  await expect(head('Iterator age')).toBeVisible();
  await expect(head('Retention')).toBeHidden();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Retention' }).check();
  await page.getByRole('checkbox', { name: 'Strip' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Columns' })).toBeFocused();
  await expect(head('Retention')).toBeVisible();
  await expect(head('Strip')).toBeHidden();
  await expect(page.getByRole('row', { name: /orders/ })).toContainText('168 h');
  await expect(page).toHaveURL(/columns=[^&]*retention/);
  const address = page.url();

  await test.step('this browser keeps them', async () => {
    await page.goto('/');
    await expect(head('Retention')).toBeVisible();
    await expect(head('Strip')).toBeHidden();
  });

  await test.step('a colleague who opens the address sees the same', async () => {
    const colleague = await browser.newContext({ baseURL: product.url });
    try {
      const theirs = await colleague.newPage();
      await theirs.goto(address);
      await expect(
        theirs.getByRole('columnheader', { name: 'Retention', exact: true }),
      ).toBeVisible();
    } finally {
      await colleague.close();
    }
  });
});

test('who goes back from a stream finds the focus on the link that led there', async ({ page }) => {
  await page.goto('/');
  const link = page.getByRole('row').getByRole('link', { name: 'orders', exact: true });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'orders' })).toBeVisible();
  await page.goBack();
  await expect(link).toBeFocused();
});

test('a phone at 200 % has all of the page within its width', async ({ page }) => {
  await page.setViewportSize({ width: 195, height: 422 });
  for (const path of ['/']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const overhang = () =>
      page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
    await expect.poll(overhang, path).toBeLessThanOrEqual(0);
  }
});

test('what is typed and chosen before the page comes to life holds', async ({ page }) => {
  const scripts = Promise.withResolvers<void>();
  await page.route(/\/_next\/static\/.*\.js$/, async (route) => {
    await scripts.promise;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await page.getByRole('combobox', { name: 'Capacity mode' }).selectOption('Provisioned');
  await page.getByRole('textbox', { name: 'Search streams' }).fill('orders');
  scripts.resolve();
  await expect(page).toHaveURL(/q=orders/);
  await expect(page).toHaveURL(/mode=PROVISIONED/);
  await expect(page.getByRole('row', { name: /orders/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /tweets/ })).toBeHidden();
});
