import { expectNoSidewaysScroll, expectNoViolation } from './fixtures/accessible.ts';
import { inEachLook } from './fixtures/looks.ts';
import { openNewStream } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';
import { PERIOD_MS } from './fixtures/world.ts';

/** A switch at AWS ends in a moment of the world's time, and the collector looks once a period. */
const CHANGED = { timeout: 30_000 };

test('the start page says which shard is hot, why it throttles, and what to do', async ({
  page,
}) => {
  await page.goto('/');
  const advice = page.getByRole('list', { name: 'What to do' }).getByRole('listitem');
  const tweets = advice.filter({ hasText: 'tweets' });
  await expect(tweets).toContainText(/Shards? ….*refuses? records/, CHANGED);
  await expect(tweets).toContainText(/records? of those tried \(\d+ %\) (?:was|were) refused/);
  await expect(tweets).toContainText(/at \d+ % of its limit of/);
  await expect(tweets).toContainText(
    /split (?:it|that shard).*If a single key fills it, no split helps/,
  );
});

test('a stream’s advice shows the figures it rests on, and follows the headroom', async ({
  page,
}) => {
  await page.goto('/streams/embedded/tweets');
  const summary = page.getByRole('group').filter({ hasText: 'Advice' });
  await expect(summary).toContainText(/Shards: ≥ \d+ needed now/, CHANGED);
  await page.getByRole('heading', { name: 'Advice' }).click();
  const findings = page.getByRole('list', { name: 'Advice' });
  const throttled = findings.getByRole('listitem').filter({ hasText: /refuses? records/ });
  await expect(throttled).toContainText(/Periods with a refusal\s*[\d,]+ of [\d,]+/);
  await expect(throttled).toContainText('Metrics do not tell which it is');
  await expectNoViolation(page, 'details');

  const needed = async () =>
    Number(/≥ (\d+) needed now/.exec((await summary.textContent()) ?? '')?.[1] ?? 0);
  const before = await needed();
  await page.getByLabel('Headroom above the load').selectOption('200 %');
  await expect(page).toHaveURL(/headroom=200/);
  await expect.poll(needed, CHANGED).toBeGreaterThan(before);
});

test('shard-level metrics are switched on with their price before the click, and off again', async ({
  page,
  ownStreams,
}) => {
  test.setTimeout(120_000);
  const name = await ownStreams.create({ shards: 2, shardMetrics: false });
  await openNewStream(page, name);
  await page.getByRole('button', { name: 'Switch on shard-level metrics…' }).click();
  const dialog = page.getByRole('dialog', { name: `Shard-level metrics of ${name}` });
  // Three metrics of two shards: 6 x $0.30.
  await expect(dialog.getByRole('status')).toContainText('$1.80 a month');
  await dialog.getByLabel('OutgoingBytes').check();
  await expect(dialog.getByRole('status')).toContainText('$2.40 a month');
  await expectNoViolation(page, '[role=dialog]');
  await dialog.getByRole('button', { name: 'Switch 4 metrics on' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Shard-level metrics are off.')).toHaveCount(0, CHANGED);

  await page.getByRole('tab', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Change shard-level metrics…' }).click();
  for (const metric of ['IncomingBytes', 'IncomingRecords', 'OutgoingBytes']) {
    await dialog.getByLabel(metric, { exact: true }).uncheck();
  }
  await dialog.getByLabel('WriteProvisionedThroughputExceeded').uncheck();
  await expect(dialog.getByRole('status')).toContainText('$0.00 a month');
  await dialog.getByRole('button', { name: 'Switch 4 metrics off' }).click();
  await expect(page.getByText('Shard-level metrics are off.').first()).toBeVisible(CHANGED);
});

test('cost and quotas are told, and accessible to everyone', async ({ page }) => {
  await page.goto('/costs');
  await expect(page.getByText('the embedded world charges nothing')).toBeVisible();
  const streams = page.getByRole('table', { name: 'By stream, the dearest first' });
  await expect(streams.getByRole('row', { name: /tweets/ })).toContainText(
    `each ${PERIOD_MS / 1_000} s`,
  );
  await expect(page.getByText(/Open shards, all streams/)).toBeVisible();
  await expect(page.getByRole('row', { name: /kinesis:ListShards/ })).toContainText('calls/s');
  await inEachLook(page, async () => {
    await expectNoViolation(page, 'main');
    await expectNoSidewaysScroll(page);
  });
});
