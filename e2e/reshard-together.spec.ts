import { ListShardsCommand, SplitShardCommand } from '@aws-sdk/client-kinesis';
import type { Page } from '@playwright/test';
import { openNewStream } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';
import type { World } from './fixtures/world.ts';

const DONE = { timeout: 30_000 };

/** Ten splits, so that somebody can come between; all of them in the lower half of the ring. */
const CUTS = Array.from({ length: 10 }, (_, i) => 2n ** 123n * BigInt(i + 1));
/** Where the second operator splits: in the upper half. */
const FOREIGN = 2n ** 127n + 2n ** 126n;

test('one of two reshards begins, the other is told why not; what somebody else does in between holds it, until it is planned anew', async ({
  page,
  context,
  world,
  ownStreams,
  troubleGuard,
}) => {
  test.setTimeout(120_000);
  troubleGuard.expect(/status of 409/);
  const name = await ownStreams.create({ shards: 1, shardMetrics: false });
  await openNewStream(page, name);
  const other = await context.newPage();
  const pages = [page, other];
  await Promise.all(
    pages.map(async (each) => {
      await each.goto(`/streams/embedded/${name}?tab=reshard&goal=boundaries`);
      await each.getByLabel('First hash key of each shard but the first').fill(CUTS.join('\n'));
      await expect(each.getByRole('button', { name: 'Reshard: 10 steps' })).toBeEnabled(DONE);
    }),
  );

  await test.step('two browsers at the same moment', async () => {
    await Promise.all(
      pages.map((each) => each.getByRole('button', { name: 'Reshard: 10 steps' }).click()),
    );
    await expect
      .poll(async () => (await Promise.all(pages.map(whyNot))).flat().length, DONE)
      .toBe(1);
    const [reason] = (await Promise.all(pages.map(whyNot))).flat();
    expect(reason).toMatch(/another reshard of|since you looked|is UPDATING/);
    for (const each of pages) await expect(jobHeading(each, 'Running|Paused|Done')).toBeVisible();
  });

  await test.step('a second operator splits by the API of Kinesis, in mid-plan', async () => {
    await page.getByRole('button', { name: 'Pause after this step' }).click();
    await expect(jobHeading(page, 'Paused')).toBeVisible();
    await splitByApi(world, name, FOREIGN);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect(jobHeading(page, 'Held')).toBeVisible(DONE);
    await expect(page.getByText(/Somebody else has resharded the stream/)).toBeVisible();
  });

  await test.step('a new plan goes on from the shards as they are', async () => {
    await page.getByRole('button', { name: 'Cancel, and plan what is left anew' }).click();
    await page.getByRole('button', { name: /^Reshard: \d+ steps?$/ }).click(DONE);
    await expect(jobHeading(page, 'Done')).toBeVisible(DONE);
    expect(await boundariesOf(world, name)).toEqual(CUTS);
  });
});

/** What a page says of a refused start; toasts are alerts as well. */
async function whyNot(page: Page): Promise<readonly string[]> {
  return page.getByRole('region', { name: 'Reshard' }).getByRole('alert').allTextContents();
}

function jobHeading(page: Page, state: string) {
  return page.getByRole('heading', { name: new RegExp(`^(${state}): \\d+ of \\d+ steps?$`) });
}

/** As somebody does who knows nothing of us: again for as long as the stream is UPDATING. */
async function splitByApi(world: World, StreamName: string, at: bigint): Promise<void> {
  await expect(async () => {
    const { Shards = [] } = await world.kinesis.send(
      new ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }),
    );
    const shard = Shards.find(
      ({ HashKeyRange }) =>
        BigInt(HashKeyRange?.StartingHashKey ?? -1) < at &&
        at <= BigInt(HashKeyRange?.EndingHashKey ?? -1),
    );
    await world.kinesis.send(
      new SplitShardCommand({
        StreamName,
        ShardToSplit: shard?.ShardId,
        NewStartingHashKey: String(at),
      }),
    );
  }).toPass(DONE);
}

/** First hash keys of the open shards but the first, ascending. */
async function boundariesOf(world: World, StreamName: string): Promise<readonly bigint[]> {
  const { Shards = [] } = await world.kinesis.send(
    new ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }),
  );
  return Shards.map(({ HashKeyRange }) => BigInt(HashKeyRange?.StartingHashKey ?? -1))
    .sort((a, b) => (a < b ? -1 : 1))
    .slice(1);
}
