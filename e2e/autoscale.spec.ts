import { expectNoViolation } from './fixtures/accessible.ts';
import { expect, test } from './fixtures/test.ts';

/** A worker decides within seconds, also on a machine that is busy with other tests. */
const DECIDED = { timeout: 20_000 };

test('a policy is tried on what was recorded, set to advise, and decides with its figures', async ({
  page,
}) => {
  await page.goto('/streams/embedded/document-changed-stream?tab=reshard');
  const section = page.getByRole('region', { name: 'Autoscale' });
  const backtest = section.getByRole('region', { name: 'Backtest of these settings' });
  await expect(backtest.getByText(/^\d+ reshards? that it would have begun$/)).toBeVisible(DECIDED);

  const form = section.getByRole('form', { name: 'Autoscale policy' });
  const set = form.getByRole('button', { name: 'Set the policy' });
  await form.getByText('Advise only').click();
  await form.getByRole('textbox', { name: 'Target use, %' }).fill('0');
  await expect(form.getByText(/^The target is more than 0/)).toBeVisible();
  await expect(set).toBeDisabled();
  await form.getByRole('textbox', { name: 'Target use, %' }).fill('65');
  await set.click();
  await expect(form.getByText('This is the policy that is set.')).toBeVisible(DECIDED);
  await expect(section.getByText(/^Set by /)).toBeVisible();

  const decisions = section.getByRole('region', { name: 'Decisions' });
  await expect(decisions.getByRole('row').nth(1)).toContainText(/shard|Nothing/, DECIDED);
  await expect(section.getByText(/^Decided .* ago, by figures of the last 15 min/)).toBeVisible();
  await expectNoViolation(page, 'section:has(> form[aria-label="Autoscale policy"])');

  await form.getByText('Off', { exact: true }).click();
  await set.click();
  await expect(section.getByText(/^Off: the shards change only/).first()).toBeVisible();
});
