import { expectNoSidewaysScroll, expectNoViolation } from './fixtures/accessible.ts';
import { inEachLook } from './fixtures/looks.ts';
import { openNewStream } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

/** Applications are found and judged within a round or two of the worker. */
const FOUND_MS = 40_000;

test('an application of one’s own is found, followed from page to page, and named by its workers', async ({
  page,
  world,
  ownStreams,
}) => {
  const streamName = await ownStreams.create({ shards: 3, shardMetrics: true });
  const application = `reader-of-${streamName}`;
  await world.control({
    action: 'start-application',
    application,
    streamNames: [streamName],
    workerCount: 1,
    startAt: { type: 'TRIM_HORIZON' },
  });
  try {
    await openNewStream(page, streamName);
    await page.getByRole('tab', { name: 'Consumers' }).click();
    const row = page.getByRole('row', { name: new RegExp(application) }).first();
    await expect(row).toBeVisible({ timeout: FOUND_MS });
    // Its leases lie along the strip, and are walked by keyboard.
    const strip = page.getByRole('listbox', { name: new RegExp(`^Lag of ${application} by`) });
    await strip.focus();
    await page.keyboard.press('End');
    await expect(strip.getByRole('option')).toHaveText(/^shardId-000000000002: .*owned by /);

    await row.getByRole('link', { name: application }).click();
    await expect(page.getByRole('heading', { level: 1, name: application })).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: '3 leases' })).toBeVisible();
    await expect(
      page.getByRole('table', { name: 'Workers of the application' }).getByRole('row'),
    ).toHaveCount(2);
    const leases = page.getByRole('table', { name: /^Leases with owner/ });
    await expect(leases.getByRole('row', { name: /…0001/ })).toContainText(application);

    await page.getByRole('link', { name: streamName }).click();
    await expect(page.getByRole('heading', { level: 1, name: streamName })).toBeVisible();
  } finally {
    await world.control({ action: 'remove-application', application });
  }
});

test('a fan-out consumer is registered, found, and deregistered once its name is written', async ({
  page,
  ownStreams,
}) => {
  const streamName = await ownStreams.create({ shards: 1, shardMetrics: false });
  await openNewStream(page, streamName);
  await page.getByRole('tab', { name: 'Consumers' }).click();
  await expect(page.getByRole('heading', { name: 'No consumer has been found' })).toBeVisible();
  await page.getByRole('button', { name: 'Register fan-out consumer' }).click();
  const form = page.getByRole('form', { name: /^Register a consumer/ });
  await form.getByRole('textbox', { name: 'Name' }).fill('no name');
  await expect(form.getByRole('button', { name: 'Register' })).toBeDisabled();
  await form.getByRole('textbox', { name: 'Name' }).fill('dashboards');
  await expectNoViolation(page);
  await form.getByRole('button', { name: 'Register' }).click();
  await page.getByRole('link', { name: 'dashboards', exact: true }).click({ timeout: FOUND_MS });
  await expect(page.getByRole('heading', { level: 1, name: 'dashboards' })).toBeVisible();
  await page.getByRole('button', { name: 'Deregister' }).click();
  const leave = page.getByRole('form', { name: 'Deregister dashboards' });
  await expect(leave.getByRole('button', { name: 'Deregister' })).toBeDisabled();
  await leave.getByRole('textbox').fill('dashboards');
  await leave.getByRole('button', { name: 'Deregister' }).click();
  await expect(page.getByText('dashboards is deregistered')).toBeVisible();
});

test('Applications shows the worst first, and is searched by its address', async ({ page }) => {
  await page.goto('/applications');
  await expect(page.getByRole('row', { name: /quota-worker/ })).toBeVisible({ timeout: FOUND_MS });
  await page.getByRole('textbox', { name: 'Search consumers' }).fill('reports-worker');
  await expect(page).toHaveURL(/q=reports-worker/);
  await expect(page.getByRole('row', { name: /quota-worker/ })).toBeHidden();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Search consumers' })).toHaveValue(
    'reports-worker',
  );
  await page.getByRole('textbox', { name: 'Search consumers' }).fill('no such consumer');
  await page.getByRole('button', { name: 'Show all consumers' }).click();
  await expect(page.getByRole('row', { name: /quota-worker/ })).toBeVisible();
  await page.getByRole('link', { name: 'quota-worker', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'quota-worker' })).toBeVisible();
  // The heat map is walked cell by cell; Enter leads to the lease.
  const heat = page.getByRole('listbox', { name: /^Lag over \d+ rows of shards/ });
  await heat.focus();
  await page.keyboard.press('ArrowDown');
  await expect(heat.getByRole('option')).toHaveText(/^shardId-\d+: .*UTC$/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: /^1 of \d+ leases/ })).toBeVisible();
});

test('Applications and the page of one are accessible to everyone', async ({ page }) => {
  await page.goto('/applications');
  await expect(page.getByRole('row', { name: /quota-worker/ })).toBeVisible({ timeout: FOUND_MS });
  await inEachLook(page, async () => {
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
  await page.getByRole('link', { name: 'quota-worker', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Leases' })).toBeVisible();
  await expect(page.getByRole('listbox', { name: /^Lag over/ })).toBeVisible();
  await inEachLook(page, async () => {
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});

test('the Consumers tab and the rows below the strip are accessible to everyone', async ({
  page,
}) => {
  await page.goto('/streams/embedded/document-changed-stream?tab=consumers');
  await expect(page.getByRole('row', { name: /quota-worker/ }).first()).toBeVisible({
    timeout: FOUND_MS,
  });
  const strip = page.getByRole('listbox', { name: /^Lag of quota-worker by/ });
  await expect(strip).toBeVisible();
  await inEachLook(page, async () => {
    await strip.focus();
    await page.keyboard.press('Home');
    await expectNoViolation(page);
    await expectNoSidewaysScroll(page);
  });
});

test('a consumer that nobody knows is said to be so', async ({ page }) => {
  await page.goto('/streams/embedded/tweets/applications/kcl/nobody');
  await expect(page.getByRole('heading', { name: 'No consumer “nobody”' })).toBeVisible();
  await page.getByRole('link', { name: 'Consumers of tweets' }).click();
  await expect(page.getByRole('tab', { name: 'Consumers', selected: true })).toBeVisible();
});
