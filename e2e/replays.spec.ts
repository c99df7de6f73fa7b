import { expectNoSidewaysScroll, expectNoViolation } from './fixtures/accessible.ts';
import { inEachLook } from './fixtures/looks.ts';
import { expect, test } from './fixtures/test.ts';

test('a draft of a replay is begun, stands in the list for everyone, and is discarded', async ({
  page,
}) => {
  await page.goto('/replays');
  await page.getByRole('button', { name: 'New replay' }).first().click();
  await expect(page).toHaveURL(/\/replays\/\d+$/);
  const id = /\d+$/.exec(page.url())?.[0] ?? '';
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('Replays').click();

  const row = page.getByRole('row', { name: new RegExp(`^Replay ${id}\\b`) });
  await expect(row).toContainText('Draft');
  await inEachLook(page, async () => {
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });

  await row.getByRole('button', { name: `Discard the draft of replay ${id}` }).click();
  const question = page.getByRole('dialog', { name: `Discard the draft of replay ${id}?` });
  await question.getByRole('button', { name: 'Keep it' }).click();
  await expect(question).toBeHidden();
  await expect(row).toBeVisible();
  await row.getByRole('button', { name: `Discard the draft of replay ${id}` }).click();
  await question.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(row).toBeHidden();

  await page.goto(`/replays/${id}`);
  await expect(page.getByRole('heading', { name: 'No such replay' })).toBeVisible();
});

test('what has no room in a narrow bar is behind one button', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/replays');
  const places = page.getByRole('navigation', { name: 'Main' });
  await expect(places.getByRole('link', { name: 'Operations' })).toBeHidden();
  await places.getByRole('button', { name: 'More' }).click();
  const more = page.getByRole('dialog', { name: 'More' });
  await expect(more.getByRole('link', { name: 'Replays' })).toHaveAttribute('aria-current', 'page');
  await expectNoViolation(page);
  await more.getByRole('link', { name: 'Operations' }).click();
  await expect(page.getByRole('heading', { name: 'Operations', level: 1 })).toBeVisible();
  await expect(more).toBeHidden();
});
