import { createHash } from 'node:crypto';
import {
  type KinesisClient,
  MergeShardsCommand,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { expectNoViolation } from './fixtures/accessible.ts';
import { untilActive } from './fixtures/own-stream.ts';
import { openNewStream, stripOf } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';

/** Half of the hash-key space. */
const MIDDLE = String(2n ** 127n);
const idOf = (index: number) => `shardId-${String(index).padStart(12, '0')}`;

async function split(kinesis: KinesisClient, StreamName: string, shard: number, at: string) {
  await kinesis.send(
    new SplitShardCommand({ StreamName, ShardToSplit: idOf(shard), NewStartingHashKey: at }),
  );
  await untilActive(kinesis, StreamName);
}

test('a split and a merge are seen over time, and walked from parent to child', async ({
  page,
  world,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await split(world.kinesis, name, 0, MIDDLE);
  await world.kinesis.send(
    new MergeShardsCommand({
      StreamName: name,
      ShardToMerge: idOf(1),
      AdjacentShardToMerge: idOf(2),
    }),
  );
  await untilActive(world.kinesis, name);
  await openNewStream(page, name);
  await page.getByRole('tab', { name: 'Lineage' }).click();
  await page.getByText('All that is known', { exact: true }).click();
  await expect(page.getByRole('radio', { name: 'All that is known' })).toBeChecked();
  await expect(page.getByText('1 split and 1 merge in this time.')).toBeVisible();
  await expect(page.getByText('1 shard open, 3 closed, 0 expired')).toBeVisible();

  const bands = page.getByRole('listbox', { name: /^Shards over time/ });
  await bands.focus();
  await page.keyboard.press('Home');
  const band = bands.getByRole('option');
  await expect(band).toHaveText(/^shardId-000000000000: closed.*split into …0001 and …0002$/);
  await page.keyboard.press('ArrowDown');
  await expect(band).toHaveText(/^shardId-000000000001: closed, 50 %.*merged into …0003$/);
  await page.keyboard.press('ArrowDown');
  await expect(band).toHaveText(/^shardId-000000000003: open.*merge of …0001 and …0002/);
  await page.keyboard.press('ArrowUp');
  await expect(band).toHaveText(/^shardId-000000000001: /);
  await expectNoViolation(page);

  // The table behind it tells the same, and chooses as the picture does.
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const table = page.getByRole('region', { name: 'Shards over time as a table' });
  await expect(table.getByRole('row')).toHaveCount(5);
  await table.getByRole('button', { name: `Choose ${idOf(2)}` }).click();
  await expect(page).toHaveURL(new RegExp(`shard=${idOf(2)}`));
  await expectNoViolation(page);
});

test('a key leads to the shard that its record lies in, and to those before it', async ({
  page,
  world,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 2, shardMetrics: false });
  const PartitionKey = `sensor 7 ${name} `;
  const put = () =>
    world.kinesis.send(
      new PutRecordCommand({ StreamName: name, PartitionKey, Data: new Uint8Array(10) }),
    );
  const before = (await put()).ShardId ?? '';
  const isLeft = before === idOf(0);
  await split(world.kinesis, name, isLeft ? 0 : 1, String(2n ** 126n + (isLeft ? 0n : 2n ** 127n)));
  const after = (await put()).ShardId ?? '';
  expect(after).not.toBe(before);

  await openNewStream(page, name);
  await expect(stripOf(page).getByRole('option')).toHaveCount(3);
  await page.getByRole('tab', { name: 'Key lookup' }).click();
  await page.getByRole('textbox', { name: /^Partition key/ }).fill(PartitionKey);
  await expect(page.getByText('The key ends with white space')).toBeVisible();
  await page.getByRole('button', { name: 'Look up', exact: true }).click();

  const md5 = createHash('md5').update(PartitionKey).digest('hex');
  await expect(page).toHaveURL(new RegExp(`hash=${md5}`));
  expect(page.url()).not.toContain('sensor');
  await expect(page.getByRole('button', { name: new RegExp(`^${md5}`) })).toBeVisible();
  const holders = page.getByRole('list', { name: /^Shards that hold or held the key/ });
  await expect(holders.getByRole('button')).toHaveText([after, before]);
  await expect(holders.getByRole('listitem').first()).toContainText('open: new records go here');
  await expectNoViolation(page);

  // A colleague who gets the link sees the same shards, and not the key.
  await page.reload();
  await expect(holders.getByRole('button')).toHaveText([after, before]);

  await page
    .getByRole('textbox', { name: /^Many keys/ })
    .fill(Array.from({ length: 100 }, (_, i) => `key-${i}`).join('\n'));
  await page.getByRole('button', { name: 'Look up all' }).click();
  await expect(page.getByText('100 keys on 3 shards of 3 open')).toBeVisible();
  const firstHash = createHash('md5').update('key-0').digest('hex');
  await expect(page.getByRole('row', { name: /key-0/ }).first()).toContainText(firstHash);
});

test('a shard opens beside the strip, tells of its neighbours, and closes by Escape', async ({
  page,
}) => {
  await page.goto('/streams/embedded/tweets');
  const frames = stripOf(page).getByRole('option');
  await expect(frames).toHaveCount(6);
  const drawer = page.getByRole('region', { name: /^Shard …/ });
  await expect(drawer).toHaveCount(0);
  const shardId = /shardId-\d+/.exec((await frames.nth(1).textContent()) ?? '')?.[0] ?? '';
  await stripOf(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');

  await expect(drawer).toBeVisible();
  await expect(drawer.getByRole('button', { name: new RegExp(`^${shardId}`) })).toBeVisible();
  await expect(drawer.getByRole('table', { name: 'Use of the shard’s limits' })).toContainText(
    /\d %/,
  );
  await expect(drawer.getByText(/Together they use \d+ %/)).toHaveCount(2);
  await expect(drawer.getByRole('figure').first()).toContainText('Bytes in per shard');
  // The strip is in sight, whole, and marks the shard.
  const [strip, box] = await Promise.all([stripOf(page).boundingBox(), drawer.boundingBox()]);
  expect((strip?.x ?? 0) + (strip?.width ?? 0)).toBeLessThanOrEqual(box?.x ?? 0);
  await expect(stripOf(page).getByRole('option', { selected: true })).toHaveAccessibleName(
    new RegExp(`^${shardId}`),
  );
  await expectNoViolation(page);

  await page.keyboard.press('d');
  await expect(drawer).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
  await expect(stripOf(page)).toBeFocused();
  await expect(page).not.toHaveURL(/shard=/);
});

test('the palette goes to streams, keys and shards by keyboard alone', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('row', { name: /tweets/ })).toBeVisible();
  // Before that the page is only HTML, and hears no key.
  await expect(page.getByRole('banner').getByRole('button', { name: 'live' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: /^Go to/ });
  await expect(field).toBeFocused();
  await field.fill('tweets');
  await expect(page.getByRole('option', { name: 'tweets', exact: true })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'tweets' })).toBeVisible();

  await page.keyboard.press('/');
  await field.fill('key #worldcup');
  await page.keyboard.press('Enter');
  const md5 = createHash('md5').update('#worldcup').digest('hex');
  await expect(page).toHaveURL(new RegExp(`tab=keys.*hash=${md5}`));
  await expect(
    page
      .getByRole('list', { name: /^Shards that hold or held the key/ })
      .getByRole('listitem')
      .first(),
  ).toContainText('open: new records go here');
  await expect(page.getByText('#worldcup').first()).toBeVisible();

  const chosen = await page
    .getByRole('list', { name: /^Shards that hold or held the key/ })
    .getByRole('button')
    .first()
    .textContent();
  await page.keyboard.press('Control+k');
  await field.fill(`shard ${Number(chosen?.slice(-12))}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`shard=${chosen}`));
  await expect(page.getByRole('region', { name: /^Shard …/ })).toBeVisible();

  await page.keyboard.press('Control+k');
  await field.fill('times local');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(field).toBeHidden();
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
});
