import { expectNoViolation } from './fixtures/accessible.ts';
import { openNewStream } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

/** Applications are found and judged within a round or two of the worker. */
const FOUND_MS = 40_000;

test('checkpoints are set only after a preview, and against workers at work only by name', async ({
  page,
  world,
  ownStreams,
}) => {
  const streamName = await ownStreams.create({ shards: 2, shardMetrics: true });
  const application = `reader-of-${streamName}`;
  await world.control({ action: 'start-application', application, streamNames: [streamName] });
  try {
    await openNewStream(page, streamName);
    await page.getByRole('tab', { name: 'Consumers' }).click();
    const row = page.getByRole('row', { name: new RegExp(application) }).first();
    await expect(row).toBeVisible({ timeout: FOUND_MS });
    await row.getByRole('link', { name: application }).click();
    await page.getByRole('button', { name: 'Set to another place…' }).click();

    const choice = page.getByRole('form', { name: `Choose a place for ${application}` });
    await choice.getByRole('radio', { name: 'After a sequence number' }).check();
    await expect(choice.getByText('Write the sequence number of a record')).toBeVisible();
    await choice.getByRole('radio', { name: 'The oldest record (TRIM_HORIZON)' }).check();
    await expectNoViolation(page, '[role="dialog"]');
    await choice.getByRole('button', { name: 'Preview' }).click();

    const form = page.getByRole('form', { name: `Set ${application} to another place` });
    await expect(form.getByText('2 leases will be set to the oldest record')).toBeVisible();
    await expect(form.getByRole('row', { name: /…0001/ })).toContainText('TRIM_HORIZON');
    await expectNoViolation(page, '[role="dialog"]');
    const submit = form.getByRole('button', { name: 'Take the leases and set them' });
    await expect(submit).toBeDisabled();
    await form.getByRole('textbox', { name: `Write ${application}` }).fill(application);
    await submit.click();

    const past = page.getByRole('list', { name: 'Rewinds, newest first' });
    await expect(past).toContainText('set it to the oldest record. 2 leases set.');
    await expect(past.getByRole('button', { name: 'Put the leases back' })).toBeVisible();
  } finally {
    await world.control({ action: 'remove-application', application });
  }
});
