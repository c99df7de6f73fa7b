import { expectNoViolation } from './fixtures/accessible.ts';
import { expect, test } from './fixtures/test.ts';

test('streams are found by tag, from the menu and by typing, and the address keeps it', async ({
  page,
}) => {
  await page.goto('/');
  const rowOf = (name: string) => page.getByRole('row', { name: new RegExp(name) });
  const search = page.getByRole('textbox', { name: 'Search streams' });
  await page.getByRole('button', { name: 'Tags', exact: true }).click();
  const menu = page.getByRole('dialog', { name: 'Tags' });
  // Of the demo's streams one is staging, and one has no cost centre.
  await menu
    .getByRole('group', { name: 'environment' })
    .getByLabel(/^staging/)
    .check();
  await expect(search).toHaveValue('tag:environment=staging');
  await expect(rowOf('clickstream')).toBeVisible();
  await expect(rowOf('tweets')).toBeHidden();
  await expectNoViolation(page);
  await menu
    .getByRole('group', { name: 'environment' })
    .getByLabel(/^staging/)
    .uncheck();
  await menu
    .getByRole('group', { name: 'cost-centre' })
    .getByLabel(/^\(not tagged\)/)
    .check();
  await expect(rowOf('audit-log')).toBeVisible();
  await expect(rowOf('clickstream')).toBeHidden();
  await page.keyboard.press('Escape');

  await search.fill('tag:team=documents');
  await expect(rowOf('document-changed-stream')).toBeVisible();
  await expect(rowOf('audit-log')).toBeHidden();
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Tags' }).check();
  await page.keyboard.press('Escape');
  await expect(rowOf('document-changed-stream')).toContainText('team=documents');

  await expect(page).toHaveURL(/q=tag/);
  await page.reload();
  await expect(search).toHaveValue('tag:team=documents');
  await expect(rowOf('document-changed-stream')).toContainText('cost-centre=4200');
  await expect(rowOf('audit-log')).toBeHidden();
});

test('where nothing has the tag, the page says how tags are searched', async ({ page }) => {
  await page.goto('/?q=tag:team=nobody');
  await expect(page.getByRole('heading', { name: /No stream matches/ })).toBeVisible();
  await expect(page.getByText('tag:key=value').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show all streams' }).click();
  await expect(page.getByRole('row', { name: /tweets/ })).toBeVisible();
});
