import { openNewStream, stripOf } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

/** More than have room beside each other: on the whole ring they fall together into columns. */
const SHARDS = 1_500;

test('shards that fall together are walked, zoomed to and chosen one by one', async ({
  page,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: SHARDS, shardMetrics: false });
  await openNewStream(page, name);
  const strip = stripOf(page);
  await expect(page.getByText('1,500 open shards', { exact: true })).toBeVisible();
  await expect(strip.getByRole('option')).toHaveCount(0);

  // Walked by keyboard, each is told though none is drawn alone.
  await page.getByRole('button', { name: 'Read now' }).focus();
  await strip.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(strip.getByRole('option', { name: /^shardId-000000000001: / })).toBeAttached();
  await page.keyboard.press('End');
  const last = strip.getByRole('option', { name: /^shardId-000000001499: / });
  await expect(last).toHaveAttribute('aria-posinset', '1500');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/shard=shardId-000000001499/);
  // The table comes to the row of the one that was chosen.
  const chosen = page.getByRole('button', { name: 'Choose shardId-000000001499' });
  await expect(chosen).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('heading', { name: 'Shards', exact: true }).evaluate((heading) => {
    heading.scrollIntoView({ block: 'start' });
  });
  await expect(chosen).toBeInViewport();
  // The shard that was chosen opens beside the strip and narrows it.
  await expect(page.getByRole('region', { name: /^Shard …/ })).toBeVisible();
  await strip.hover();

  // Drawing over a part of the strip shows that part, and the URL keeps it.
  const box = await strip.boundingBox();
  if (box === null) throw new Error('The strip has no box.');
  const y = box.y + 40;
  await page.mouse.move(box.x + box.width * 0.5, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.505, y, { steps: 4 });
  await page.mouse.move(box.x + box.width * 0.52, y, { steps: 4 });
  await page.mouse.up();
  await expect(page.getByText(/^\d\d of 1,500 open shards in sight$/)).toBeVisible();
  await expect(strip.getByRole('option', { name: /^shardId-00000000076/ }).first()).toBeAttached();
  await expect(page).toHaveURL(/ringFrom=8/);
  await page.reload();
  await expect(page.getByText(/^\d\d of 1,500 open shards in sight$/)).toBeVisible();

  await strip.focus();
  await page.keyboard.press('0');
  await expect(page.getByText('1,500 open shards', { exact: true })).toBeVisible();
  await expect(page).not.toHaveURL(/ringFrom/);
});

test('all rows that match can be taken away', async ({ page, ownStreams }) => {
  const name = await ownStreams.create({ shards: 12, shardMetrics: false });
  await openNewStream(page, name);
  await page.getByRole('textbox', { name: 'Search shards' }).fill('shardId-00000000001');
  await expect(page.getByText('2 of 12 shards')).toBeVisible();
  const coming = page.waitForEvent('download');
  await page.getByRole('link', { name: 'CSV' }).click();
  const file = await coming;
  const chunks: Buffer[] = [];
  for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
  const lines = Buffer.concat(chunks).toString('utf8').trimEnd().split('\r\n');
  expect(lines[0]).toContain('bytes in (B/s)');
  expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual([
    'shardId-000000000010',
    'shardId-000000000011',
  ]);
});
