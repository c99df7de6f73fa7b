import type { Page } from '@playwright/test';
import { expectNoViolation } from './fixtures/accessible.ts';
import { type ArchivedEnvelope, readEnvelopes } from './fixtures/archived.ts';
import { dropOwnStream } from './fixtures/own-stream.ts';
import { expect, test } from './fixtures/test.ts';
import { readStream } from './fixtures/written.ts';

const SOURCE = 'document-changed-stream';
/** So much of the archive's picture is brushed, from the left. */
const BRUSHED = { from: 0.41, to: 0.46 };
/** The target's live traffic is not known, as its shard-level metrics are off. */
const CAP_RECORDS = '600';
/** A worker takes it up, lists, samples and asks the target. */
const PLANNED_MS = 30_000;
const REPLAYED_MS = 45_000;

test('a window of an archive is replayed, filtered, into a new stream, and nothing is lost', async ({
  page,
  product,
  world,
}, { testId }) => {
  test.setTimeout(120_000);
  const target = `e2e-replay-${testId.slice(-12)}`;
  try {
    await page.goto('/replays');
    await page.getByRole('button', { name: 'New replay' }).first().click();

    await page.getByRole('radio', { name: `kinetoscope-archive/envelope/${SOURCE}/` }).check();
    await brush(page);
    const window = await shownWindow(page);
    await expectNoViolation(page);

    await next(page, 'Format and key');
    await expect(page.getByRole('radio', { name: /envelope.*certain/i })).toBeChecked();
    await expect(page.getByText('have a key of their own')).toBeVisible();
    await expectNoViolation(page);

    await next(page, 'Filter');
    await page
      .getByRole('textbox', { name: /Only records for which this is true/ })
      .fill('data.workspace == "harbour"');
    await expect(page.getByText('It can be used.')).toBeVisible();
    await expect(page.getByText(/would be sent; dropped: [\d,]+ /)).toBeVisible();

    await next(page, 'Target');
    await page.getByRole('button', { name: 'Create stream' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(target);
    await page.getByRole('textbox', { name: /^Shards/ }).fill('2');
    await page.getByRole('button', { name: 'Create the stream' }).click();
    await expect(page.getByRole('combobox', { name: 'Write into' })).toHaveText(new RegExp(target));
    await expect(page.getByText('ACTIVE', { exact: true })).toBeVisible();

    await next(page, 'Pace and order');
    await page.getByText('Absolute caps').click();
    await page.getByRole('textbox', { name: 'At most, each shard, rec/s' }).fill(CAP_RECORDS);
    await page.getByRole('radio', { name: 'Per partition key' }).check();
    await expect(page.getByRole('region', { name: 'What this pace comes to' })).toContainText(
      /About|Less than/,
    );
    // Back keeps everything, and so does a reload.
    await expect(page.getByText('Draft saved')).toBeVisible();
    await page.reload();
    await expect(page.getByRole('heading', { name: 'Pace and order' })).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Per partition key' })).toBeChecked();

    await next(page, 'Plan');
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await expect(page.getByRole('heading', { name: /Dry run/ })).toBeVisible({
      timeout: PLANNED_MS,
    });
    await expectNoViolation(page);

    await next(page, 'Confirm');
    const form = page.getByRole('form', { name: /Start replay/ });
    const start = form.getByRole('button', { name: `Replay into ${target}` });
    await expect(start).toBeDisabled();
    await form.getByRole('textbox', { name: /Why/ }).fill('a consumer lost them');
    await start.click();

    await page.getByRole('button', { name: 'Pause', exact: true }).click({ timeout: REPLAYED_MS });
    await page.getByRole('button', { name: 'Resume', exact: true }).click();
    await expect(page.getByText('Completed').first()).toBeVisible({ timeout: REPLAYED_MS });
    await expectNoViolation(page);

    const wanted = wantedOf(await readEnvelopes(product, SOURCE), window);
    const written = await readStream(world, target);
    expect(wanted.length).toBeGreaterThan(100);
    expect(written.map(idOf).sort()).toEqual(wanted.map(idOf).sort());
  } finally {
    await dropOwnStream(world.kinesis, target);
  }
});

/** Goes on to a step, and waits until it is there. */
async function next(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `Next: ${title}` }).click();
  await expect(page.getByRole('heading', { name: title, exact: true })).toBeFocused();
}

/** Draws over a part of the archive's picture. */
async function brush(page: Page): Promise<void> {
  const from = page.getByRole('slider', { name: 'Window from' });
  await expect(from).toBeVisible();
  const plot = await from.locator('..').boundingBox();
  if (plot === null) throw new Error('the archive has no picture');
  const at = (share: number) => plot.x + plot.width * share;
  await page.mouse.move(at(BRUSHED.from), plot.y + 10);
  await page.mouse.down();
  await page.mouse.move(at(BRUSHED.to), plot.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByRole('textbox', { name: /^From/ })).not.toHaveValue('');
}

/** Both ends as the page says them, in UTC. */
async function shownWindow(page: Page) {
  const read = async (name: RegExp) =>
    Date.parse(`${(await page.getByRole('textbox', { name }).inputValue()).replace(' ', 'T')}Z`);
  return { fromMs: await read(/^From/), toMs: await read(/^To/) };
}

function wantedOf(
  archived: readonly ArchivedEnvelope[],
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): readonly ArchivedEnvelope[] {
  return archived.filter(
    ({ approximateArrivalTimestamp: arrivalMs, data }) =>
      arrivalMs >= fromMs && arrivalMs < toMs && data.includes('"workspace":"harbour"'),
  );
}

function idOf({ partitionKey, data }: { readonly partitionKey: string; readonly data: Buffer }) {
  return `${partitionKey} ${data.toString('base64')}`;
}
