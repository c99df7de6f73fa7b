import {
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  ListTagsForStreamCommand,
} from '@aws-sdk/client-kinesis';
import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './fixtures/accessible.ts';
import { createOwnStream, deleteOwnStream, untilActive } from './fixtures/own-stream.ts';
import { expect, test } from './fixtures/test.ts';
import { injectFault } from './fixtures/world-faults.ts';

// Faults of the world are taken away all at once: no two of these tests at the same time.
test.describe.configure({ mode: 'default' });

/** AWS's operations end in a moment of the world's time, and the collector looks each 2 s meanwhile. */
const CHANGED = { timeout: 30_000 };

test('a stream is created, set, and deleted with its name', async ({ page, world, troubleGuard }, {
  testId,
}) => {
  test.setTimeout(180_000);
  // Its page may ask for it once more when it is gone.
  troubleGuard.expect(/status of 404/);
  const name = `e2e-admin-${testId.slice(-12)}`;
  try {
    await page.goto('/');
    await page.getByRole('button', { name: 'Create stream' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create a stream' });
    const submit = dialog.getByRole('button', { name: 'Create the stream' });

    await test.step('a name that AWS would refuse cannot be sent', async () => {
      await dialog.getByLabel('Name').fill('two words');
      await expect(submit).toBeDisabled();
      await expect(dialog.getByText(/is none of them/).first()).toBeVisible();
    });

    await test.step('the price is told before', async () => {
      await dialog.getByLabel('Name').fill(name);
      await dialog.getByLabel('Shards, open').fill('2');
      await expect(dialog.getByRole('status')).toContainText('$21.90 a month');
      await dialog.getByLabel('Retention, hours').fill('48');
      await expect(dialog.getByRole('status')).toContainText('$51.10 a month');
      await expect(dialog.getByRole('status')).toContainText('Quota of the account');
      await dialog.getByRole('button', { name: 'Add a tag' }).click();
      await dialog.getByLabel('Key of tag 1').fill('team');
      await dialog.getByLabel('Value of tag 1').fill('orders');
      await expectNoViolation(page);
    });

    await test.step('the row appears by itself and becomes ACTIVE', async () => {
      await submit.dblclick();
      await expect(dialog).toBeHidden();
      await expect(toast(page, `${name} is being created`)).toBeVisible();
      const row = page.getByRole('row', { name: new RegExp(name) });
      await expect(row).toBeVisible();
      await expect(row).toContainText('active', CHANGED);
      await page.getByRole('link', { name }).click();
    });

    await page.getByRole('tab', { name: 'Settings' }).click();
    await expect(page).toHaveURL(/tab=settings/);

    await test.step('what CreateStream does not take is set by itself', async () => {
      await expect(setting(page, 'Retention')).toContainText('48 h (2 days)', CHANGED);
      await expect(setting(page, 'Tags')).toContainText('team = orders');
    });
    await expectNoViolation(page);

    /** The form goes when AWS has accepted, and the next change waits until it is made. */
    const done = async (form: Locator) => {
      await expect(form).toBeHidden();
      await untilActive(world.kinesis, name);
    };

    await test.step('retention, with what it deletes and what it costs', async () => {
      const form = await open(page, 'Retention');
      await form.getByLabel('Retention, hours').fill('24');
      await expect(form).toContainText(/older than 24 h \(1 day\) become unreadable at once/);
      await expect(form).toContainText('$29.20 a month less');
      await form.getByRole('button', { name: 'Set retention to 24 h (1 day)' }).click();
      await done(form);
      await expect(setting(page, 'Retention')).toContainText('24 h (1 day)');
    });

    await test.step('maximum record size', async () => {
      const form = await open(page, 'Maximum record size');
      await form.getByLabel('Maximum record size, KiB').fill('2048');
      await form.getByRole('button', { name: /^Allow/ }).click();
      await done(form);
      await expect(setting(page, 'Maximum record size')).toContainText('2,048 KiB (2 MiB)');
    });

    await test.step('encryption', async () => {
      const form = await open(page, 'Encryption at rest');
      await form.getByRole('button', { name: 'Encrypt by this key' }).click();
      await done(form);
      await expect(setting(page, 'Encryption at rest')).toContainText('alias/aws/kinesis');
    });

    await test.step('tags', async () => {
      const form = await open(page, 'Tags');
      await form.getByRole('button', { name: 'Remove tag team' }).click();
      await form.getByLabel('Key of tag 1').fill('cost center');
      await form.getByLabel('Value of tag 1').fill('42');
      await expect(form).toContainText('1 tag set, 1 tag removed');
      await form.getByRole('button', { name: 'Save tags' }).click();
      await done(form);
      await expect(setting(page, 'Tags')).toContainText('cost center = 42');
      const told = await world.kinesis.send(new ListTagsForStreamCommand({ StreamName: name }));
      expect(told.Tags).toEqual([{ Key: 'cost center', Value: '42' }]);
    });

    await test.step('capacity mode', async () => {
      const form = await open(page, 'Capacity mode');
      await form.getByRole('button', { name: 'Switch to on-demand' }).click();
      await done(form);
      await expect(setting(page, 'Capacity mode')).toContainText('On-demand');
    });

    const { StreamDescriptionSummary: made } = await world.kinesis.send(
      new DescribeStreamSummaryCommand({ StreamName: name }),
    );
    expect(made).toMatchObject({
      RetentionPeriodHours: 24,
      MaxRecordSizeInKiB: 2_048,
      EncryptionType: 'KMS',
      StreamModeDetails: { StreamMode: 'ON_DEMAND' },
    });

    await test.step('deletion wants the name', async () => {
      await page.getByRole('button', { name: 'Delete…' }).click();
      const confirm = page.getByRole('dialog', { name: `Delete ${name}?` });
      const remove = confirm.getByRole('button', { name: 'Delete the stream' });
      await expect(confirm).toContainText(/All records of the last 24 h \(1 day\) go/);
      await confirm.getByLabel(`Write ${name} to confirm`).fill(name.slice(1));
      await expect(remove).toBeDisabled();
      await confirm.getByLabel(`Write ${name} to confirm`).fill(name);
      await expectNoViolation(page);
      await remove.click();
      await expect(confirm).toBeHidden();
      await page.goto('/');
      await expect(page.getByRole('link', { name: 'tweets' }).first()).toBeVisible();
      await expect(page.getByRole('link', { name })).toBeHidden(CHANGED);
    });
  } finally {
    await deleteOwnStream(world.kinesis, name);
  }
});

test('who comes second is told what the first has changed', async ({
  page,
  world,
  ownStreams,
  troubleGuard,
}) => {
  troubleGuard.expect(/status of 409/);
  const name = await ownStreams.create({ shards: 1, shardMetrics: false });
  await page.goto(`/streams/embedded/${name}?tab=settings`);
  const form = await open(page, 'Retention');
  await form.getByLabel('Retention, hours').fill('72');
  await world.kinesis.send(
    new IncreaseStreamRetentionPeriodCommand({ StreamName: name, RetentionPeriodHours: 48 }),
  );
  await untilActive(world.kinesis, name);
  await form.getByRole('button', { name: /^Set retention/ }).click();
  await expect(form.getByRole('alert')).toContainText('has become 48 h since you looked');
  // The collector noticed too: the value beside the form is what AWS says now.
  await expect(setting(page, 'Retention')).toContainText('48 h (2 days)', CHANGED);
});

test('a change whose answer is lost is done once, and said to be done', async ({
  page,
  product,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: false });
  await page.goto(`/streams/embedded/${name}?tab=settings`);
  const form = await open(page, 'Maximum record size');
  await form.getByLabel('Maximum record size, KiB').fill('3072');
  const fault = await injectFault(product, {
    effect: { type: 'lose-answer' },
    operation: 'UpdateMaxRecordSize',
    streamName: name,
  });
  try {
    await form.getByRole('button', { name: /^Allow/ }).click();
    await expect(toast(page, 'The answer of AWS was lost')).toBeVisible(CHANGED);
    await expect(setting(page, 'Maximum record size')).toContainText('3,072 KiB (3 MiB)');
  } finally {
    await fault.clear();
  }
});

test('a stream that may not be read is a row with its reason, while the others are read', async ({
  page,
  product,
  world,
}, { testId }) => {
  const name = `e2e-secret-${testId.slice(-12)}`;
  const fault = await injectFault(product, {
    effect: { type: 'deny' },
    operation: 'DescribeStreamSummary',
    streamName: name,
  });
  try {
    await createOwnStream(world.kinesis, { name, shards: 1, shardMetrics: false });
    await page.goto('/');
    const row = page.getByRole('row', { name: new RegExp(name) });
    await expect(row).toContainText('not allowed to be read', CHANGED);
    await expect(row).toContainText('Allow kinesis:DescribeStreamSummary in the policy');
    const copy = row.getByRole('button', { name: /^Policy statement/ });
    await expect(copy).toHaveAttribute('title', /"Effect": "Allow"[\s\S]*stream\/e2e-secret/);
    await expect(page.getByRole('row', { name: /tweets/ })).toContainText(/MiB\/s/);
    await expectNoViolation(page);

    await page.getByRole('combobox', { name: 'Health' }).selectOption('Unknown');
    await expect(row).toBeVisible();
    await expect(page).toHaveURL(/health=unknown/);
    await page.goto(`/streams/embedded/${name}`);
    await expect(page.getByText('Allow kinesis:DescribeStreamSummary')).toBeVisible();

    await fault.clear();
    await expect(page.getByRole('tab', { name: 'Settings' })).toBeVisible(CHANGED);
  } finally {
    await fault.clear();
    await deleteOwnStream(world.kinesis, name);
  }
});

test('a name whose stream may not be described is not created blindly', async ({
  page,
  product,
  troubleGuard,
}, { testId }) => {
  troubleGuard.expect(/status of 403/);
  const name = `e2e-blind-${testId.slice(-12)}`;
  const fault = await injectFault(product, {
    effect: { type: 'deny' },
    operation: 'DescribeStreamSummary',
    streamName: name,
  });
  try {
    await page.goto('/');
    await page.getByRole('button', { name: 'Create stream' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create a stream' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Create the stream' }).click();
    await expect(dialog.getByRole('alert')).toContainText('Allow kinesis:DescribeStreamSummary');
    await expect(dialog.getByRole('alert')).toContainText('"Effect": "Allow"');
  } finally {
    await fault.clear();
  }
});

function toast(page: Page, text: string): Locator {
  return page.getByRole('alert').filter({ hasText: text });
}

function setting(page: Page, title: string): Locator {
  return page.getByRole('region', { name: title });
}

/** Opens the form of a setting, once the stream takes changes. */
async function open(page: Page, title: string): Promise<Locator> {
  const section = setting(page, title);
  const change = section.getByRole('button', { name: 'Change' });
  await expect(change).toBeEnabled(CHANGED);
  await change.click();
  return section.getByRole('form');
}
