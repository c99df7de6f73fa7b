import { PutRecordsCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import { queryProduct } from './fixtures/database.ts';
import { createOwnStream, deleteOwnStream, untilActive } from './fixtures/own-stream.ts';
import { openNewStream, readStreamScreen, stripOf } from './fixtures/stream-screen.ts';
import { readStreamsScreen } from './fixtures/streams-screen.ts';
import { expect, test } from './fixtures/test.ts';

/** Half of the hash-key space. */
const MIDDLE = String(2n ** 127n);

/** Stops of the keyboard from the head of a stream's page to its strip. */
const BETWEEN_MAX = 6;

test('figures change without a reload, in each tab that shows them', async ({ page, context }) => {
  const other = await context.newPage();
  const third = await context.newPage();
  await Promise.all([
    page.goto('/streams/embedded/tweets'),
    other.goto('/streams/embedded/tweets'),
    third.goto('/'),
  ]);
  const loadedAt = () =>
    Promise.all([page, other, third].map((tab) => tab.evaluate(() => performance.timeOrigin)));
  const before = await loadedAt();
  const periods: [Set<string>, Set<string>, Set<string>] = [new Set(), new Set(), new Set()];
  const figures: [Set<string>, Set<string>, Set<string>] = [new Set(), new Set(), new Set()];
  await expect
    .poll(
      async () => {
        for (const [i, tab] of [page, other].entries()) {
          const screen = await readStreamScreen(tab);
          periods[i]?.add(screen.periods[0] ?? '');
          figures[i]?.add(JSON.stringify(screen.strip));
        }
        const line = (await readStreamsScreen(third)).find(({ name }) => name === 'tweets');
        periods[2].add(line?.period ?? '');
        figures[2].add(line?.bytesIn ?? '');
        return [...periods, ...figures].every((seen) => seen.size >= 3);
      },
      { intervals: [500], timeout: 30_000 },
    )
    .toBe(true);
  expect(await loadedAt()).toEqual(before);
});

test('a stream appears when it is made and vanishes when it is deleted', async ({
  page,
  world,
  ownStreams,
}) => {
  await page.goto('/');
  await expect(page.getByRole('row', { name: /tweets/ })).toBeVisible();
  const name = await ownStreams.create({ shards: 3, shardMetrics: false });
  const line = page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  await expect(line).toBeVisible();
  await expect(line).toContainText('active');
  await expect(line.getByRole('cell', { name: '3', exact: true })).toBeVisible();

  await deleteOwnStream(world.kinesis, name);
  await expect(line).toBeHidden();
});

test('a stream made again under its name shows nothing of the former one', async ({
  page,
  context,
  world,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  const put = new PutRecordsCommand({
    StreamName: name,
    Records: [{ PartitionKey: 'old', Data: new Uint8Array(500_000) }],
  });
  // Again and again: figures begin with the first period that is wholly after the stream's creation.
  const uses = async () => {
    await world.kinesis.send(put);
    return (await readStreamScreen(page)).strip.map(({ use }) => use);
  };
  await expect.poll(uses, { timeout: 20_000 }).not.toEqual(['']);
  const withSequences = `/streams/embedded/${name}?cols=sequence`;
  await page.goto(withSequences);
  const sequencesShown = async () =>
    (await readStreamScreen(page)).shardRows.map((row) => row.get('Sequence numbers') ?? '');
  await expect.poll(sequencesShown).toEqual([expect.stringMatching(/\d/)]);
  const [former] = await sequencesShown();

  await deleteOwnStream(world.kinesis, name);
  await expect(page.getByText('This stream is gone.')).toBeVisible();
  const early = await context.newPage();
  await early.goto(`/streams/embedded/${name}`);
  await expect(early.getByRole('heading', { name: `No stream “${name}”` })).toBeVisible();

  await createOwnStream(world.kinesis, { name, shards: 2, shardMetrics: true });
  await expect(page.getByText('Made again.')).toBeVisible();
  // Who came before it was made need not come again.
  await expect(early.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(stripOf(page).getByRole('option')).toHaveCount(2);
  await expect.poll(sequencesShown).toHaveLength(2);
  const { strip, chartBytesIn, refusedByPeriod } = await readStreamScreen(page);
  // Nobody has put anything into the new one: whatever figure there is, is the old one's.
  expect(strip.map(({ use }) => use)).toEqual(['', '']);
  expect([...chartBytesIn.values(), ...refusedByPeriod.values()].join(' ')).not.toMatch(/\d/);
  expect(await sequencesShown()).not.toContain(former);

  await page.goto(`/?q=${name}`);
  await expect(page.getByRole('link', { name, exact: true })).toHaveCount(1);
  const [line] = await readStreamsScreen(page);
  expect(line).toMatchObject({ name, shards: '2', bytesIn: expect.stringMatching(/^unknown/) });
});

test('a split shows in strip, lineage and table', async ({ page, world, ownStreams }) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: true });
  await openNewStream(page, name);
  await expect(stripOf(page).getByRole('option')).toHaveCount(1);

  await world.kinesis.send(
    new SplitShardCommand({
      StreamName: name,
      ShardToSplit: 'shardId-000000000000',
      NewStartingHashKey: MIDDLE,
    }),
  );
  await untilActive(world.kinesis, name);

  await expect(stripOf(page).getByRole('option')).toHaveCount(2);
  await expect(
    stripOf(page).getByRole('option', { name: /^shardId-000000000001: .*50 %/ }),
  ).toBeVisible();
  await expect(
    stripOf(page).getByRole('option', { name: /^shardId-000000000002: .*50 %/ }),
  ).toBeVisible();
  await expect(page.getByRole('img', { name: /^1 closed parent shard/ })).toBeVisible();
  await expect(page.getByText('2 open, 1 closed')).toBeVisible();
  const shards = page.getByRole('table', { name: /^Shards with their ranges/ });
  await expect(shards.getByRole('button', { name: /^Choose / })).toHaveCount(2);
  await page.getByRole('checkbox', { name: 'Closed too' }).check();
  await expect(shards.getByRole('button', { name: 'Choose shardId-000000000000' })).toBeVisible();
});

test('a hidden tab gives its subscription back, and takes it up again when seen', async ({
  page,
  product,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 1, shardMetrics: false });
  const watchers = () =>
    queryProduct(
      product,
      'SELECT watcher FROM watch JOIN stream ON stream.id = watch.stream_id WHERE stream.name = $1',
      [name],
    );
  await openNewStream(page, name);
  await expect.poll(watchers).toHaveLength(1);

  await page.evaluate(hide, true);
  await expect.poll(watchers).toHaveLength(0);

  await page.evaluate(hide, false);
  await expect.poll(watchers).toHaveLength(1);
  await expect(page.getByRole('button', { name: /^live/ })).toBeVisible();
});

/** Headless browsers show all their tabs at once; this is what a tab in the background sees. */
function hide(hidden: boolean): void {
  Object.defineProperty(document, 'visibilityState', {
    configurable: true,
    get: () => (hidden ? 'hidden' : 'visible'),
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

test('search and order of Streams live in the URL', async ({ page }) => {
  await page.goto('/');
  const names = async () => (await readStreamsScreen(page)).map(({ name }) => name);
  const search = page.getByRole('textbox', { name: 'Search streams' });
  await search.fill('tweets');
  await expect.poll(names).toEqual(['tweets']);
  await expect(page).toHaveURL(/[?&]q=tweets/);
  await page.reload();
  await expect(search).toHaveValue('tweets');
  expect(await names()).toEqual(['tweets']);

  await search.fill('no-such-stream');
  await expect(page.getByRole('heading', { name: /No stream matches/ })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).last().click();
  await expect.poll(names).toContain('orders');

  const head = page.getByRole('columnheader', { name: 'Stream', exact: true });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  const ascending = await names();
  expect(ascending).toEqual([...ascending].sort());
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  await expect(page).toHaveURL(/sort=name/);
  await page.reload();
  const descending = await names();
  expect(descending).toEqual([...descending].sort().reverse());
});

test('the strip is walked and chosen from by keyboard', async ({ page }) => {
  await page.goto('/streams/embedded/tweets');
  const strip = stripOf(page);
  await expect(stripOf(page).getByRole('option')).toHaveCount(6);
  await expect(page.getByRole('banner').getByRole('button', { name: 'live' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Advice' })).toBeVisible();
  await page.getByRole('button', { name: 'Read now' }).focus();
  // Between the two stands what is advised, with its links.
  const isFocused = () => strip.evaluate((list) => list === document.activeElement);
  for (let tabs = 0; tabs < BETWEEN_MAX && !(await isFocused()); tabs += 1) {
    await page.keyboard.press('Tab');
  }
  await expect(strip).toBeFocused();

  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const second = stripOf(page).getByRole('option').nth(1);
  await expect(second).toHaveAttribute('aria-selected', 'true');
  await expect(strip).toHaveAttribute(
    'aria-activedescendant',
    (await second.getAttribute('id')) ?? '',
  );
  const shardId = /shardId-\d+/.exec((await second.textContent()) ?? '')?.[0] ?? '';
  await expect(page).toHaveURL(new RegExp(`shard=${shardId}`));
  const choose = page.getByRole('button', { name: `Choose ${shardId}` });
  await expect(choose).toHaveAttribute('aria-pressed', 'true');

  await page.reload();
  await expect(stripOf(page).getByRole('option', { selected: true })).toHaveAccessibleName(
    new RegExp(`^${shardId}`),
  );
  await strip.focus();
  await page.keyboard.press('Escape');
  await expect(stripOf(page).getByRole('option', { selected: true })).toHaveCount(0);
  await expect(page).not.toHaveURL(/shard=/);
});

test('without shard-level metrics the page says what is missing, and shows what there is', async ({
  page,
  world,
  ownStreams,
}) => {
  const name = await ownStreams.create({ shards: 2, shardMetrics: false });
  await openNewStream(page, name);
  await expect(page.getByText('Shard-level metrics are off.').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Switch on shard-level metrics…' })).toBeVisible();
  const put = new PutRecordsCommand({
    StreamName: name,
    Records: [{ PartitionKey: 'a', Data: new Uint8Array(100_000) }],
  });

  // The charts begin with what the stream's own metrics can fill.
  await expect(page.getByRole('radio', { name: 'Whole stream' })).toBeChecked();
  const total = page.getByRole('figure').filter({ hasText: 'Bytes of the stream' });
  // Again and again: figures begin with the first period that is wholly after the stream's creation.
  const shown = async () => {
    await world.kinesis.send(put);
    return (await total.textContent()) ?? '';
  };
  await expect.poll(shown, { timeout: 30_000 }).toMatch(/[1-9][\d.]* KiB\/s/);
  const { strip, shardRows } = await readStreamScreen(page);
  expect(strip.map(({ use }) => use)).toEqual(['', '']);
  for (const row of shardRows) expect(row.get('Bytes in')).toMatch(/^unknown: .*off/);
});
