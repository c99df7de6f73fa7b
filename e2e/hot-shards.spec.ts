import type { Page } from '@playwright/test';
import { countOf, noteRefusals } from './fixtures/refusals.ts';
import { readStreamScreen, type StreamScreen } from './fixtures/stream-screen.ts';
import { readStreamsScreen, type StreamLine } from './fixtures/streams-screen.ts';
import { expect, test } from './fixtures/test.ts';
import { PERIOD_MS } from './fixtures/world.ts';

/** How many periods are looked at, where one is not enough to believe it. */
const PERIODS = 3;

test('the hot shards show the same figures on Streams, strip, table and chart', async ({
  page,
  context,
}) => {
  const streamPage = await context.newPage();
  await Promise.all([page.goto('/'), streamPage.goto('/streams/embedded/tweets')]);

  const lines = new Map<string, StreamLine>();
  const screens = new Map<string, StreamScreen>();
  const inBoth = () => [...screens.keys()].filter((period) => lines.has(period));
  await expect
    .poll(
      async () => {
        await Promise.all([noteLine(page, lines), noteScreen(streamPage, screens)]);
        return inBoth().length;
      },
      { intervals: [250], timeout: 40_000 },
    )
    .toBeGreaterThanOrEqual(PERIODS);

  for (const period of inBoth()) {
    const line = lines.get(period);
    const screen = screens.get(period);
    if (line === undefined || screen === undefined) throw new Error('Just found in both');
    const hottestFirst = [...screen.strip].sort((a, b) => percentOf(b.use) - percentOf(a.use));
    const [first, second, ...others] = hottestFirst;
    if (first === undefined || second === undefined) throw new Error('tweets has six shards');

    // The two hot ones refuse, and stand out from the others.
    expect(countOf(first.refused), period).toBeGreaterThan(0);
    expect(countOf(second.refused), period).toBeGreaterThan(0);
    for (const other of others) expect(percentOf(other.use)).toBeLessThan(percentOf(second.use));

    // Streams names the hottest of the strip, with the strip's figure.
    expect(line.hottestShard).toContain(`${first.use} `);
    const named = screen.strip.find(({ shardId }) => line.hottestShard.includes(short(shardId)));
    expect(named?.use).toBe(first.use);
    expect(line.hottestShard).toContain(named?.limit);

    // The table and the chart say of each what the strip says.
    for (const frame of screen.strip) {
      const row = screen.shardRows.find((cells) => cells.get('Shard')?.includes(frame.shardId));
      expect(Object.fromEntries(row ?? []), frame.shardId).toMatchObject({
        'Bytes in': frame.bytesIn,
        'Records in': frame.recordsIn,
        Throttled: `${frame.refused} rec`,
        [columnOf(frame.limit)]: frame.use,
      });
      const drawn = screen.chartBytesIn.get(short(frame.shardId));
      expect([frame.shardId, drawn]).toEqual([frame.shardId, frame.bytesIn]);
    }

    // What the stream refused is what its shards refused, on both pages.
    const refused = screen.strip.reduce((sum, frame) => sum + countOf(frame.refused), 0);
    expect(countOf(line.throttled)).toBe(refused);
    expect(screen.refusedByPeriod.get(period.replace(' UTC', ''))).toBe(
      line.throttled.split(' ')[0],
    );
  }
});

test('the throttles of tweets are those that its producers counted', async ({ page, world }) => {
  await page.goto('/streams/embedded/tweets');
  const shown = new Map<number, number>();
  const differing = async () => {
    await noteRefusals(page, shown);
    const counted = await world.countThrottledOfProducers('tweets');
    // Producers have counted a period when the next one has begun to be counted.
    return [...shown].filter(
      ([startMs, refused]) =>
        counted.has(startMs + PERIOD_MS) && (counted.get(startMs) ?? 0) !== refused,
    );
  };
  await expect
    .poll(async () => [await differing(), shown.size > PERIODS], {
      intervals: [500],
      timeout: 30_000,
    })
    .toEqual([[], true]);
  expect(Math.max(...shown.values()), 'there is something to compare').toBeGreaterThan(0);
});

/** Keeps what Streams says of `tweets` under the period that it says it of. */
async function noteLine(page: Page, lines: Map<string, StreamLine>): Promise<void> {
  const line = (await readStreamsScreen(page)).find(({ name }) => name === 'tweets');
  if (line?.period !== undefined) lines.set(line.period, line);
}

/** Keeps a reading of the page of a stream under its period; every block has to be of that one. */
async function noteScreen(page: Page, screens: Map<string, StreamScreen>): Promise<void> {
  const screen = await readStreamScreen(page);
  const [period, ...others] = screen.periods;
  const isOfOne = others.length > 0 && others.every((other) => other === period);
  if (period !== undefined && isOfOne && period.startsWith(`${screen.chartNewest}–`)) {
    screens.set(period, screen);
  }
}

function percentOf(use: string): number {
  return use.startsWith('<') ? 0 : Number.parseFloat(use);
}

function short(shardId: string): string {
  return `…${shardId.slice(-4)}`;
}

/** The column of the shard table that holds the use of a limit. */
function columnOf(limit: string): string {
  return limit.charAt(0).toUpperCase() + limit.slice(1);
}
