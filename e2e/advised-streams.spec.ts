import type { Locator, Page } from '@playwright/test';
import { type ConfiguredProduct, startProductReading } from './fixtures/configured-product.ts';
import { queryProduct } from './fixtures/database.ts';
import {
  LIVED_HOURS,
  LIVED_PERIOD_SECONDS,
  type LivedWorld,
  startLivedWorld,
} from './fixtures/lived-world.ts';
import { expect, test } from './fixtures/test.ts';

// Shortened ids hold a word joiner (U+2060) in prose, so that no line breaks within them.
// One world and one product for all: each stream has one thing that advice is given about.
test.describe.configure({ mode: 'default' });

/** What it may take to read a day of ten streams, and to show what follows from it. */
const READ = { timeout: 90_000 };
const SHOWN = { timeout: 30_000 };

let world: LivedWorld;
let product: ConfiguredProduct;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  world = await startLivedWorld();
  const connection = {
    endpoint: world.endpoint,
    periodSeconds: LIVED_PERIOD_SECONDS,
    lines: [`backfillHours: ${LIVED_HOURS}`],
  };
  product = await startProductReading({ lived: connection }, 1);
  // Asked for earlier, advice would rest on less, and for minutes: the long history is kept so long.
  await expect.poll(hoursRead, READ).toBeGreaterThan(LIVED_HOURS - 1);
});

test.afterAll(async () => {
  await product?.stop();
  await world?.close();
});

test.afterEach(async ({ page }) => {
  // A page that is left open would complain that nobody answers any more.
  await page.goto('about:blank');
});

/** Hours of history that every stream has. */
async function hoursRead(): Promise<number> {
  const rows = await queryProduct(
    product,
    `select min(hours)::float8 as hours from (
       select extract(epoch from max(f.period_start) - min(f.period_start)) / 3600 as hours
       from stream s left join frame f on f.stream_id = s.id group by s.id) of_streams`,
  );
  return Number((rows[0] as { hours: number | null } | undefined)?.hours ?? 0);
}

/** Opens the advice of a stream. @returns the finding whose title is `title` */
async function findingOf(page: Page, streamName: string, title: string | RegExp): Promise<Locator> {
  await page.goto(`${product.url}/streams/lived/${streamName}`);
  await page.getByRole('heading', { level: 2, name: 'Advice' }).click();
  const finding = page
    .getByRole('list', { name: 'Advice' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 3, name: title }) });
  await expect(finding).toBeVisible(SHOWN);
  return finding;
}

/** The last hour as far as it is recorded, as it is said. */
const ABOUT_AN_HOUR = String.raw`(?:1 h|5\d min)`;

test('shards to spare, and cold neighbours, with what merging saves', async ({ page }) => {
  // 4 x 6,000 B in 60 s; 3 x and 2 x $0.015 x 730 h.
  const spare = await findingOf(page, 'cold', 'Shards to spare: 4 where 1 would do');
  await expect(spare).toContainText(
    /The highest load on record \(1 d \d h\) was 400 B\/s in write bytes; with 30 % above it, spread evenly, that takes 1 shard\. 4 are open\./,
  );
  await expect(spare).toContainText('would save about $32.85 a month');
  const cold = await findingOf(page, 'cold', '2 pairs of cold neighbours');
  await expect(cold).toContainText(
    /…\u20600000 and …\u20600001, …\u20600002 and …\u20600003: in (?:1 d|23 h \d+ min) the two of a pair together stayed below 50 % of each limit/,
  );
  await expect(cold).toContainText('save about $21.90 a month');
});

test('a shard near its limit, and a load that is uneven', async ({ page }) => {
  // 900,000 of 1,048,576 B/s; the others 52,429: a mean of (85.8 + 3 x 5) / 4 %.
  const near = await findingOf(page, 'hot', 'Shard …\u20600000 comes near its limit');
  await expect(near).toContainText(
    'Shard …\u20600000 at 86 % of its limit of 1.00 MiB/s in write bytes.',
  );
  const uneven = await findingOf(page, 'hot', 'The load is uneven');
  await expect(uneven).toContainText(
    new RegExp(
      `On average of ${ABOUT_AN_HOUR}, shard …\u20600000 at 86 % of its limit of 1\\.00 MiB/s in write bytes carries 3\\.4 times the mean of 4 shards \\(25 %\\)\\.`,
    ),
  );
});

test('ranges that are uneven', async ({ page }) => {
  // A half of the ring where five shards have a fifth each on average.
  const ranges = await findingOf(page, 'ranged', 'The hash-key ranges are uneven');
  await expect(ranges).toContainText(
    'Shard …\u20600000 has 50 % of the hash-key space, 2.5 times the mean of 5 shards',
  );
  await expect(ranges).toContainText('Split …\u20600000 in its middle');
});

test('too few shards for the highest load on record', async ({ page }) => {
  // 0.9 MiB/s for a minute an hour ago; x 1.3 = 1.17 MiB/s.
  const few = await findingOf(page, 'too-small', 'Too few shards for the highest load: 1 of 2');
  await expect(few).toContainText(
    /was 0\.90\d? MiB\/s in write bytes; with 30 % above it, spread evenly, that takes 2 shards\. 1 is open\./,
  );
});

test('a reader that nears the end of retention', async ({ page }) => {
  const lag = await findingOf(page, 'behind', 'A reader is so far behind that data may be lost');
  // 13 h 4.5 min of 24 h.
  await expect(lag).toContainText(
    'The slowest reader is 13 h 04 min behind, 54 % of the retention of 1 d.',
  );
  await expect(lag).toContainText('Needs you:');
});

test('readers that were refused again and again, by the limit that binds', async ({ page }) => {
  const reads = await findingOf(page, 'read-often', 'Readers were refused again and again');
  await expect(reads).toContainText(
    `${world.refused.calls.toLocaleString('en-GB')} GetRecords calls were refused in`,
  );
  await expect(reads).toContainText(
    'at shard …\u20600000 most. Bytes are far below 2 MiB/s, so it is the 5 calls/s that readers share.',
  );
});

test('records that were refused, and no longer are, to the record', async ({ page }) => {
  const over = await findingOf(page, 'refused-once', 'Records were refused, and no longer are');
  // Four a second for ten minutes were tried.
  const share = Math.round((world.refused.records / 2_400) * 100);
  await expect(over).toContainText(
    new RegExp(
      `${world.refused.records.toLocaleString('en-GB')} records of those tried \\(${share} %\\) were refused in ${ABOUT_AN_HOUR}, in 1[01] of \\d\\d periods\\.`,
    ),
  );
  await expect(over).toContainText(/Shard …\u20600001 at \d+ % .* refused 100 % of them\./);
});

test('a shard that goes on refusing records: split it, or salt the key', async ({ page }) => {
  const refusing = await findingOf(page, 'refusing', 'Shard …\u20600001 refuses records');
  await expect(refusing).toContainText('Needs you:');
  await expect(refusing).toContainText(/Shard …\u20600001 at \d+ % .* refused 100 % of them\./);
  await expect(refusing).toContainText(
    'If many keys share …\u20600001, split it. If a single key fills it',
  );
});

test('an on-demand stream that grows near to what it takes at once', async ({ page }) => {
  const growth = await findingOf(page, 'growing', 'The stream nears what on-demand takes at once');
  // 4 x 917,504 B/s; a new stream begins with 4 MiB/s.
  await expect(growth).toContainText('3.50 MiB/s are written; the stream takes 4.00 MiB/s at once');
});

test('which shard is hot is not known without shard-level metrics, and what they cost', async ({
  page,
}) => {
  const off = await findingOf(page, 'plain', 'Which shard is hot is not known');
  // Seven metrics of three shards: 21 x $0.30.
  await expect(off).toContainText('All 7 for 3 open shards cost $6.30 a month.');
});

test('a stream’s row on Streams says the worst of it', async ({ page }) => {
  await page.goto(`${product.url}/?q=behind`);
  const advice = page.getByRole('list', { name: 'What to do' }).getByRole('listitem');
  await expect(advice.filter({ hasText: 'behind' }).first()).toContainText(
    'The slowest reader is 13 h 04 min behind',
    SHOWN,
  );
});

test('the cost shown is what the world’s CloudWatch was asked for, times the price', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const differing = async () => {
    const requested = Object.entries(world.metricsRequested());
    await page.goto(`${product.url}/costs`);
    const table = page.getByRole('table', { name: 'By stream, the dearest first' });
    await expect(table.getByRole('row')).toHaveCount(requested.length + 1);
    const shown = await Promise.all(
      requested.map(([name]) =>
        table
          .getByRole('row')
          .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
          .getByRole('cell')
          .nth(4)
          .textContent(),
      ),
    );
    // $0.01 for 1,000 metrics requested, in two significant digits below ten cents.
    const words = (dollars: number) =>
      `$${dollars < 0.1 ? Number(dollars.toPrecision(2)) : dollars.toFixed(2)}`;
    return requested.flatMap(([name, metrics], i) =>
      shown[i] === words(metrics * 0.00001) ? [] : [{ name, metrics, shown: shown[i] }],
    );
  };
  // Between two readings, when nothing is under way.
  await expect.poll(differing, { timeout: 60_000 }).toEqual([]);
});

test('in charts a gap is a gap, a zero a zero, and a period that is not over is marked', async ({
  page,
}) => {
  test.setTimeout(150_000);
  // Written to for ten minutes, half an hour ago: before and after, CloudWatch has no datapoint.
  await page.goto(`${product.url}/streams/lived/refused-once?range=1h`);
  // One after the other: there is one pointer.
  const bytesCells = await columnOf(page, 'Bytes of the stream');
  const refusedCells = await columnOf(page, 'Records refused per period');
  expect(bytesCells.slice(0, 5), 'newest first').toEqual(Array(5).fill('–'));
  expect(refusedCells.slice(0, 5)).toEqual(Array(5).fill('–'));

  // Written to all the time, and never refused.
  await page.goto(`${product.url}/streams/lived/hot?range=1h`);
  const zeros = await columnOf(page, 'Records refused per period');
  expect(zeros.slice(0, 5)).toEqual(Array(5).fill('0'));

  // Of periods of 15 min the newest is over in one minute of fifteen only.
  await page.goto(`${product.url}/streams/lived/hot?range=7d`);
  const chart = await tableOf(page, 'Bytes of the stream');
  const newest = chart.getByRole('rowheader').first();
  await expect(newest).toHaveText(/^\d\d:\d\d:\d\d–\d\d:\d\d:\d\d, \d+ s of it so far$/, {
    timeout: 100_000,
  });
  await expect(chart.getByText('so far', { exact: true })).toBeVisible();
});

/** The table behind a chart of the whole stream. */
async function tableOf(page: Page, title: string): Promise<Locator> {
  await page.getByText('Whole stream', { exact: true }).click();
  const chart = page
    .getByRole('figure')
    .filter({ has: page.getByRole('heading', { name: title, exact: true }) });
  await chart.getByRole('button', { name: 'Table' }).click();
  await expect(chart.getByRole('rowheader').first()).toBeVisible(SHOWN);
  return chart;
}

/** Figures of the first line of a chart of the whole stream, the newest first. */
async function columnOf(page: Page, title: string): Promise<readonly string[]> {
  const chart = await tableOf(page, title);
  const rows = await chart.locator('tbody').getByRole('row').all();
  return Promise.all(
    rows.map(
      async (row) => (await row.getByRole('cell').first().textContent({ timeout: 5_000 })) ?? '',
    ),
  );
}
