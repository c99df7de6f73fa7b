import { ListShardsCommand } from '@aws-sdk/client-kinesis';
import type { Locator, Page } from '@playwright/test';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { expectNoSidewaysScroll, expectNoViolation } from './fixtures/accessible.ts';
import { inEachLook } from './fixtures/looks.ts';
import { startOwnProducer, tweetsLike, unevenPlan } from './fixtures/own-producer.ts';
import { startOfShownPeriod } from './fixtures/shown-period.ts';
import { openNewStream, readStreamScreen, stripOf } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';
import { PERIOD_MS, type World } from './fixtures/world.ts';

/** A step takes a moment of the world's time; a machine that does other work is slow to look at it. */
const DONE = { timeout: 30_000 };
/** How many periods are looked at, where one is not enough to believe it. */
const PERIODS = 2;
/** What is written to each of three shards, of its write limit. */
const USES = [0.7, 0.2, 0.1] as const;

test('the hot shard that many keys share is split by one click from the strip, of the other one key is named', async ({
  page,
  world,
  ownStreams,
}) => {
  test.setTimeout(120_000);
  const name = await ownStreams.create({ shards: 6, shardMetrics: true });
  const { warm, single, heaviestKey } = tweetsLike(name);
  const [warmProducer, singleProducer] = [warm, single].map((plan) =>
    startOwnProducer(world, plan),
  );
  if (warmProducer === undefined || singleProducer === undefined) throw new Error('Two plans');
  try {
    await openNewStream(page, name);
    const hot = page.getByRole('list', { name: 'Plans for hot shards' });

    await test.step('one click, and one confirmation', async () => {
      await hot.getByRole('button', { name: /^Split …0001/ }).click(DONE);
      await expect(page.getByRole('img', { name: /^Planned shards.*: 7 shards/ })).toBeInViewport(
        DONE,
      );
      await begin(page, '6 → 7 shards');
    });
    const doneAtMs = Date.now();

    await test.step('its producers are refused no more', async () => {
      // A producer that a busy machine held up sends what was due meanwhile at once: of that some may be refused yet.
      await expect
        .poll(
          () =>
            warmProducer
              .periodsFrom(doneAtMs + PERIOD_MS)
              .slice(-PERIODS)
              .map(({ accepted, throttled }) => (accepted > 0 ? throttled : 'silent')),
          DONE,
        )
        .toEqual(Array.from({ length: PERIODS }, () => 0));
    });

    await test.step('and the page shows it, while the other goes on refusing', async () => {
      await expect
        .poll(async () => {
          const { strip } = await readStreamScreen(page);
          const frameOf = (index: number) =>
            strip.find(({ shardId }) => shardId.endsWith(String(index)));
          return [6, 7, 4].map((index) => {
            const { use = '', refused = '' } = frameOf(index) ?? {};
            return use !== '' && refused === '0' ? 'well' : use;
          });
        }, DONE)
        .toEqual(['well', 'well', expect.stringMatching(/^\d+ %$/)]);
      await expect(hot.getByRole('button', { name: /^Split …0001/ })).toBeHidden();
    });

    await test.step('of the other the preview says that one key is too hot, and which', async () => {
      await hot.getByRole('button', { name: /^Split …0004/ }).click();
      await page.getByRole('button', { name: 'Sample shard …0004' }).click();
      const heaviest = page
        .getByRole('list', { name: 'Heaviest keys of the sample' })
        .getByRole('listitem')
        .first();
      await expect(heaviest).toContainText(heaviestKey, DONE);
      await expect(page.getByRole('list', { name: 'What you should know' })).toContainText(
        'no split spreads one key',
      );
      await expectNoViolation(page);
      await inEachLook(page, () => expectNoSidewaysScroll(page));
    });

    await test.step('what came of the first has a page of its own', async () => {
      await page.getByRole('link', { name: 'All operations, running and past' }).click();
      await page
        .getByRole('article')
        .filter({ has: page.getByRole('link', { name, exact: true }) })
        .getByRole('link', { name: 'What came of it' })
        .click();
      await expect(page.getByRole('heading', { name: 'Afterwards' })).toBeVisible(DONE);
      await expect(page.getByText('1 shard was closed, 2 made and left open.')).toBeVisible(DONE);
      // Predicted and seen.
      for (const index of ['6', '7']) {
        await expect(page.getByRole('row', { name: `…000${index}` })).toContainText(
          /\d+ %.*\d+ %/,
          DONE,
        );
      }
      await expect(page.getByText(/After: [\d,]+ records/)).toBeVisible(DONE);
      await expectNoViolation(page);
      await inEachLook(page, () => expectNoSidewaysScroll(page));
    });
  } finally {
    await Promise.all([warmProducer.stop(), singleProducer.stop()]);
  }
});

test('shards are scaled, merged, and moved to where the load is', async ({
  page,
  world,
  ownStreams,
}) => {
  test.setTimeout(180_000);
  const busy = await ownStreams.create({ shards: 3, shardMetrics: true });
  // From now on, so that there is a load to plan by when it is its turn.
  const producer = startOwnProducer(world, unevenPlan(busy, USES));
  try {
    const idle = await ownStreams.create({ shards: 4, shardMetrics: false });
    await openNewStream(page, idle);
    await page.getByRole('tab', { name: 'Reshard' }).click();
    await goalField(page).selectOption('Scale to a number of shards');

    await test.step('from 4 to 7 shards, and down to 3 with the name of the stream', async () => {
      await page.getByRole('textbox', { name: 'Exactly, shards' }).fill('7');
      await begin(page, '4 → 7 shards');
      expect(await startsOf(world, idle)).toEqual(uniformRanges(7).map(({ start }) => start));

      await page.getByRole('textbox', { name: 'Exactly, shards' }).fill('3');
      await expect(page.getByRole('button', { name: 'Reshard: 2 steps' })).toBeDisabled();
      await page.getByLabel(`Write ${idle} to confirm`).fill(idle);
      await begin(page, '7 → 3 shards');
      expect(await startsOf(world, idle)).toEqual(uniformRanges(3).map(({ start }) => start));
    });

    await test.step('two neighbours, from the details of the left one', async () => {
      // The strip shows the shards of now once they are listed.
      await expect(stripOf(page).getByRole('option')).toHaveCount(3, DONE);
      await stripOf(page).getByRole('option').first().click();
      await page.getByRole('button', { name: 'Merge with the right…' }).click();
      await expect(page.getByRole('img', { name: /^Planned shards.*: 2 shards/ })).toBeVisible(
        DONE,
      );
      await page.getByLabel(`Write ${idle} to confirm`).fill(idle);
      await begin(page, '3 → 2 shards');
      expect(await startsOf(world, idle)).toEqual([0n, uniformRanges(3)[2]?.start]);
      await expectNoViolation(page);
    });

    await test.step('by a sample of what is hot, the load is spread as the plan says', async () => {
      await openNewStream(page, busy);
      await stripOf(page).getByRole('option').first().click();
      await page.getByRole('button', { name: 'Split at the load median…' }).click();
      await page.getByRole('button', { name: 'Sample shard …0000' }).click();
      await expect(page.getByText('good enough to cut by')).toBeVisible(DONE);
      await goalField(page).selectOption('Rebalance by load');
      const planned = page.getByRole('img', { name: /^Planned shards/ });
      await expect
        .poll(
          async () => {
            await page.getByRole('button', { name: 'Look again' }).click();
            return usesOf(await page.getByText(/% predicted$/).textContent()).before;
          },
          { ...DONE, intervals: [1_000] },
        )
        .toBeGreaterThan(50);
      await expect(planned).toBeVisible();
      const { before, after } = usesOf(await page.getByText(/% predicted$/).textContent());
      await begin(page, '3 → 3 shards');

      // Both of the load that is planned: a busy machine writes now less of it, now more.
      const predicted = after * (USES[0] / before);
      expect(predicted).toBeLessThan(0.45);
      const actual = (await shareOfHottest(page, Date.now())) * (USES[0] + USES[1] + USES[2]);
      expect(actual).toBeGreaterThan(predicted * 0.9);
      expect(actual).toBeLessThan(predicted * 1.1);
    });
  } finally {
    await producer.stop();
  }
});

test('advice leads to the plan that would help', async ({ page }) => {
  await page.goto('/');
  const advice = page
    .getByRole('list', { name: 'What to do' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: 'tweets' }) });
  await advice
    .getByRole('link', { name: /^Split …000[14] at the load median$/ })
    .first()
    .click();
  await expect(page.getByRole('img', { name: /^Planned shards/ })).toBeInViewport(DONE);
  await expect(page.getByRole('button', { name: 'Reshard: 1 step' })).toBeEnabled();
  await expect(
    page.getByRole('region', { name: 'What it means to 1 consumer' }).getByRole('listitem').first(),
  ).toContainText(/^trends-worker .*reads it to its end first/);

  const documents = 'document-changed-stream';
  await page.goto(`/streams/embedded/${documents}`);
  await page.getByRole('heading', { level: 2, name: 'Advice' }).click();
  await page
    .getByRole('button', { name: /^Merge …000\d and …000\d…$/ })
    .first()
    .click(DONE);
  await expect(page.getByRole('img', { name: /^Planned shards.*: 3 shards/ })).toBeInViewport(DONE);
  await expect(page.getByLabel(`Write ${documents} to confirm`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Reshard: 1 step' })).toBeDisabled();
});

test('an on-demand stream says why it is not resharded by hand, and offers what can be done', async ({
  page,
  troubleGuard,
}) => {
  // The account of the world has not committed to a minimum of throughput.
  troubleGuard.expect(/status of 4\d\d/);
  await page.goto('/streams/embedded/clickstream?tab=reshard');
  await expect(page.getByText(/^Kinesis refuses SplitShard, MergeShards/)).toBeVisible();
  const mode = page.getByRole('region', { name: 'Capacity mode' });
  await mode.getByRole('button', { name: 'Change' }).click(DONE);
  await expect(mode.getByRole('button', { name: 'Switch to provisioned' })).toBeEnabled();
  const warm = page.getByRole('region', { name: 'Warm throughput' });
  await warm.getByRole('button', { name: 'Change' }).click();
  await warm.getByLabel('Ready for, MiB/s').fill('8');
  await warm.getByRole('button', { name: 'Make ready for 8 MiB/s' }).click();
  await expect(warm.getByRole('alert')).toContainText('MinimumThroughputBillingCommitment');
  await expectNoViolation(page);
});

function goalField(page: Page): Locator {
  return page.getByRole('combobox', { name: 'What for' });
}

/** Confirms the plan that is shown, and waits for its end. @param change as the operation is told: `4 → 7 shards` */
async function begin(page: Page, change: string): Promise<void> {
  await page.getByRole('button', { name: /^Reshard: \d+ steps?$/ }).click(DONE);
  const job = page.getByRole('article').filter({ hasText: change });
  await expect(job.getByRole('heading', { name: /^Done: (\d+) of \1 steps?$/ })).toBeVisible(DONE);
}

/** First hash keys of the open shards, ascending. */
async function startsOf({ kinesis }: World, StreamName: string): Promise<readonly bigint[]> {
  const { Shards = [] } = await kinesis.send(
    new ListShardsCommand({ StreamName, ShardFilter: { Type: 'AT_LATEST' } }),
  );
  return Shards.map(({ HashKeyRange }) => BigInt(HashKeyRange?.StartingHashKey ?? -1)).sort(
    (a, b) => (a < b ? -1 : 1),
  );
}

/** Undoes the words of the preview: `70 % → 33 % predicted`. */
function usesOf(words: string | null): { readonly before: number; readonly after: number } {
  const [, before = '', after = ''] = /^(\d+) % → (\d+) % predicted$/.exec(words ?? '') ?? [];
  return { before: Number.parseInt(before, 10), after: Number.parseInt(after, 10) };
}

/** Of some periods that began after `fromMs`, what the hottest shard used of what all used. */
async function shareOfHottest(page: Page, fromMs: number): Promise<number> {
  const shares = new Map<string, number>();
  await expect
    .poll(
      async () => {
        const { periods, strip } = await readStreamScreen(page);
        const period = periods[1];
        const uses = strip.map(({ use }) => Number.parseInt(use, 10));
        if (
          period !== undefined &&
          startOfShownPeriod(period, Date.now()) >= fromMs &&
          !uses.some(Number.isNaN)
        ) {
          shares.set(period, Math.max(...uses) / uses.reduce((sum, use) => sum + use, 0));
        }
        return shares.size;
      },
      { ...DONE, intervals: [250] },
    )
    .toBeGreaterThanOrEqual(PERIODS);
  return [...shares.values()].reduce((sum, share) => sum + share, 0) / shares.size;
}
