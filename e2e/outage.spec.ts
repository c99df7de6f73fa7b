import { writeFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { type OwnProduct, removeState, startOwnProduct } from './fixtures/own-product.ts';
import { type PageSample, SAMPLE_EVERY_MS, samplePage } from './fixtures/page-sampler.ts';
import { listProcessesOf } from './fixtures/processes-of.ts';
import { startOfShownPeriod } from './fixtures/shown-period.ts';
import { readStreamScreen } from './fixtures/stream-screen.ts';
import { expect, test } from './fixtures/test.ts';
import { openWorld, PERIOD_MS } from './fixtures/world.ts';

// One product for both: what is left of it after its processes were killed is what Ctrl-C ends.
test.describe.configure({ mode: 'default' });

/** The embedded world is read once a period; figures are of now for two such cadences. */
const FRESH_MS_MAX = 2 * PERIOD_MS;

/** The page judges ages once a second. */
const TICK_MS = 1_200;

/** What a browser says of requests that nobody answers: it has many words for how a connection can end. */
const NETWORK_ERRORS =
  /Failed to load resource: (net::ERR_|the server responded with a status of 50[0-9])/;

/** An open tab whose server has gone complains of that, be it of a part that it was about to fetch, and of nothing else. */
const SERVER_GONE = /Failed to load resource: net::ERR_|ChunkLoadError/;

const KILLED = ['worker', 'web', 'postgres', 'local-aws'] as const;

/** Neither tells that anything is wrong: the page has to see by itself that nothing comes. */
const HUNG = ['worker', 'web'] as const;

let product: OwnProduct;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  product = await startOwnProduct(test.info().parallelIndex);
});

test.afterAll(async () => {
  // It may have ended already, where there is nothing left to stop.
  await product?.stop();
  if (product !== undefined) await removeState(product);
});

test('a page survives the death of each process without telling a lie', async ({
  page,
  troubleGuard,
}, testInfo) => {
  test.setTimeout(240_000);
  // The page may ask once more for the stream of the world that is gone.
  troubleGuard.expect(NETWORK_ERRORS, /status of 404/);
  // With the sequence numbers: by them a world is told from the one before it.
  await page.goto(`${product.url}/streams/embedded/tweets?cols=shard,bytes-in,sequence`);
  await untilLive(page, Date.now());
  const openedAt = await page.evaluate(() => performance.timeOrigin);
  const sampler = await samplePage(page);
  const killedAtMs = new Map<string, number>();
  for (const name of KILLED) {
    await test.step(`kill -9 of ${name}`, async () => {
      const killed = await kill(product, name);
      killedAtMs.set(name, Date.now());
      await expect
        .poll(async () => (await product.readPids()).get(name), { timeout: 30_000 })
        .not.toBe(killed);
      await untilLive(page, Date.now());
    });
  }
  await untilMadeAgain(page);
  for (const name of HUNG) {
    await test.step(`${name} hangs for longer than figures are of now`, async () => {
      const resume = await hang(product, name);
      try {
        await expect(strip(page).getByRole('img', { name: 'stale' })).toBeVisible({
          timeout: FRESH_MS_MAX * 2,
        });
        await expect(page.getByRole('banner').getByText(/^(stale|lost) /)).toBeVisible();
      } finally {
        resume();
      }
      await untilLive(page, Date.now());
    });
  }
  await expectProducersFigures(page, product);
  await sampler.stop();
  expect(await page.evaluate(() => performance.timeOrigin), 'without a reload').toBe(openedAt);

  const samples = (await sampler.read()).map(judge);
  await writeFile(testInfo.outputPath('timeline.txt'), timeline(samples, killedAtMs));
  expect(samples.length).toBeGreaterThan(100);
  expect(samples.filter(({ zeros }) => zeros.length > 0).slice(0, 3)).toEqual([]);
  expect(fresherThanTheyAre(samples).slice(0, 3)).toEqual([]);
  expect(liveOverOldFigures(samples).slice(0, 3)).toEqual([]);
  expectNothingOfTheFormerWorld(samples, killedAtMs.get('local-aws') ?? 0);
});

test('Ctrl-C stops everything, though a tab is open', async ({ page, troubleGuard }) => {
  troubleGuard.expect(SERVER_GONE);
  await page.goto(`${product.url}/streams/embedded/tweets`);
  await expect(page.getByRole('banner').getByText(/^live$/)).toBeVisible();
  const names = [...(await product.readPids()).keys()].sort();
  expect(names).toEqual(['local-aws', 'postgres', 'web', 'worker']);
  expect(listProcessesOf(product).length).toBeGreaterThanOrEqual(names.length);

  const askedMs = performance.now();
  process.kill(product.pid, 'SIGINT');
  await expect.poll(() => listProcessesOf(product), { timeout: 20_000 }).toEqual([]);
  // Less than the grace after which the launcher kills: all of them ended by themselves.
  expect(performance.now() - askedMs).toBeLessThan(8_000);
  await expect(page.getByText(/No word from the server/)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'tweets' })).toBeVisible();
  // Its exit code; a signal to what has ended already does nothing.
  expect(await product.stop()).toBe(0);
});

function strip(page: Page): Locator {
  return page.getByRole('region', { name: 'Open shards by hash key' });
}

/** @returns the pid that it had */
async function kill(product: OwnProduct, name: string): Promise<number> {
  const pid = await pidOf(product, name);
  process.kill(pid, 'SIGKILL');
  return pid;
}

/** @returns what lets it go on */
async function hang(product: OwnProduct, name: string): Promise<() => void> {
  const pid = await pidOf(product, name);
  process.kill(pid, 'SIGSTOP');
  return () => process.kill(pid, 'SIGCONT');
}

async function pidOf(product: OwnProduct, name: string): Promise<number> {
  const pid = (await product.readPids()).get(name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  return pid;
}

/** Until the page hears from its server, and shows a period that began after `sinceMs`. */
async function untilLive(page: Page, sinceMs: number): Promise<void> {
  await expect(page.getByRole('banner').getByText(/^live$/)).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(
      async () => {
        const { periods } = await readStreamScreen(page);
        const starts = periods.map((period) => startOfShownPeriod(period, Date.now()));
        return starts.length === 0 ? 0 : Math.min(...starts);
      },
      { intervals: [250], timeout: 60_000 },
    )
    .toBeGreaterThan(sinceMs - PERIOD_MS);
}

async function untilMadeAgain(page: Page): Promise<void> {
  await expect(page.getByText('Made again.')).toBeVisible({ timeout: 30_000 });
  await untilLive(page, Date.now());
}

/** The refusals shown are those of the world that runs now, also of the periods in which the former one ran. */
async function expectProducersFigures(page: Page, product: OwnProduct): Promise<void> {
  const world = await openWorld(product);
  try {
    await expect
      .poll(
        async () => {
          const { refusedByPeriod } = await readStreamScreen(page);
          const counted = await world.countThrottledOfProducers('tweets');
          return [...refusedByPeriod].filter(
            ([period, refused]) =>
              refused.replaceAll(',', '') !==
              String(counted.get(startOfShownPeriod(period, Date.now()))),
          );
        },
        { timeout: 30_000 },
      )
      .toEqual([]);
  } finally {
    world.close();
  }
}

/** What a sample comes down to. */
interface JudgedSample {
  readonly atMs: number;
  /** Texts that draw as nothing what never stops. */
  readonly zeros: readonly string[];
  /** Whether what is shown is marked as not being of now. */
  readonly stale: boolean;
  /** The page is of a stream that is there no more: the bar speaks of those that are. */
  readonly gone: boolean;
  /** What the top bar says of the link: `live`, `stale 12 s` and the like. */
  readonly bar: string;
  /** End of the newest period shown, epoch milliseconds; undefined where none is. */
  readonly periodEndMs: number | undefined;
  /** How long ago it was read, as the page says, seconds. */
  readonly toldAgeSeconds: number | undefined;
  /** Starting sequence numbers of the shards shown: no other world has the same. */
  readonly sequences: string;
}

function judge({ atMs, bar, main }: PageSample): JudgedSample {
  const frames = main.match(/«shardId-\d+: [^»]*»/g) ?? [];
  const shards = main.slice(main.indexOf('Sequence numbers'));
  // The producers of tweets never rest, and each of its shards has its part.
  const zeros = [
    ...frames.filter(
      (frame) =>
        / 0 B\/s | 0 rec\/s /.test(frame) ||
        // A world that starts is read before anything is written: that nothing was read is a datapoint then.
        (/: 0 % of /.test(frame) && !frame.includes(' of read bytes, – and – in')),
    ),
    ...(shards.match(/\| 0 (?:B|rec)\/s \|/g) ?? []),
  ];
  const lines = [
    ...main.matchAll(/CloudWatch, period (\S+) UTC, read +(«stale»)?([^|]*?) ago( – stale)?/g),
  ];
  const ends = lines.map((line) => startOfShownPeriod(line[1] ?? '', atMs) + PERIOD_MS);
  const gone = main.includes('This stream is gone.');
  return {
    atMs,
    zeros,
    gone,
    stale: lines.every(([, , mark, , word]) => mark !== undefined || word !== undefined) || gone,
    bar: /\b(live|waiting|connecting|(?:stale|lost)[ \dhmins]*)/.exec(bar)?.[1]?.trim() ?? bar,
    periodEndMs: ends.length === 0 ? undefined : Math.min(...ends),
    toldAgeSeconds: lines.length === 0 ? undefined : Math.max(...lines.map(toldSeconds)),
    sequences: (main.match(/«\d{8}…\d{6}/g) ?? []).sort().join(' '),
  };
}

/** Of the age in a line such as “read 1 min 5 s ago”. */
function toldSeconds(line: RegExpExecArray): number {
  const units: Record<string, number> = { s: 1, min: 60, h: 3_600 };
  const parts = [...(line[3] ?? '').matchAll(/(\d+) (s|min|h)\b/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
}

/** Seconds since the first sample, at each change of what was shown: for whoever asks why the test failed. */
function timeline(
  samples: readonly JudgedSample[],
  killedAtMs: ReadonlyMap<string, number>,
): string {
  const firstMs = samples[0]?.atMs ?? 0;
  const seconds = (ms: number) => ((ms - firstMs) / 1_000).toFixed(1).padStart(7);
  const kills = [...killedAtMs].map(([name, ms]) => ({ ms, words: `kill -9 of ${name}` }));
  const states = samples.map(({ atMs, stale, bar, periodEndMs }) => ({
    ms: atMs,
    words: `${stale ? 'stale' : 'fresh'}, bar: ${bar}, period ends ${seconds(periodEndMs ?? 0)}`,
  }));
  const changes = states.filter(({ words }, i) => words !== states[i - 1]?.words);
  return [...kills, ...changes]
    .sort((a, b) => a.ms - b.ms)
    .map(({ ms, words }) => `${seconds(ms)} ${words}`)
    .join('\n');
}

/**
 * The samples of lies that outlast a turn of the page. It is counted in turns of the sampler: where the machine gives
 * the page none, the sampler has none either.
 */
function lasting(
  samples: readonly JudgedSample[],
  isLie: (sample: JudgedSample) => boolean,
): readonly JudgedSample[] {
  let turns = 0;
  return samples.filter((sample) => {
    turns = isLie(sample) ? turns + 1 : 0;
    return turns > TICK_MS / SAMPLE_EVERY_MS;
  });
}

/**
 * Samples whose figures look fresh though it is more than two cadences since they came, or three since their period
 * ended: a period is read within a cadence after its end.
 */
function fresherThanTheyAre(samples: readonly JudgedSample[]): readonly JudgedSample[] {
  let came: JudgedSample | undefined;
  return lasting(samples, (sample) => {
    const { atMs, stale, periodEndMs, toldAgeSeconds } = sample;
    if (periodEndMs === undefined || toldAgeSeconds === undefined) return false;
    // Who takes over reads the newest period once more.
    const isReadAgain = toldAgeSeconds < (came?.toldAgeSeconds ?? 0);
    if (came === undefined || came.periodEndMs !== periodEndMs || isReadAgain) came = sample;
    else came = { ...sample, atMs: came.atMs };
    const isOld = atMs - came.atMs > FRESH_MS_MAX || atMs - periodEndMs > FRESH_MS_MAX + PERIOD_MS;
    return isOld && !stale;
  });
}

/**
 * Samples whose bar says “live” above figures that are old, of a stream that is there. Other streams of the connection
 * may be read first after an outage: until this one is, a period passes.
 */
function liveOverOldFigures(samples: readonly JudgedSample[]): readonly JudgedSample[] {
  return lasting(
    samples,
    ({ atMs, bar, gone, periodEndMs }) =>
      bar === 'live' &&
      !gone &&
      periodEndMs !== undefined &&
      atMs - periodEndMs > FRESH_MS_MAX + 2 * PERIOD_MS,
  );
}

/** Once its process is dead, no period of a world may be shown as later than its death, and its shards only as stale. */
function expectNothingOfTheFormerWorld(samples: readonly JudgedSample[], diedAtMs: number): void {
  // The last that there were: rows are asked for again after each outage, and may not have come yet.
  const before = samples.filter(({ atMs, sequences }) => atMs < diedAtMs && sequences !== '');
  const former = before.at(-1)?.sequences ?? '';
  const after = samples.filter(({ atMs }) => atMs >= diedAtMs);
  expect(former).not.toBe('');
  const withFormer = after.filter(({ sequences }) => sequences === former);
  for (const { periodEndMs = 0 } of withFormer) {
    expect(periodEndMs - diedAtMs).toBeLessThanOrEqual(PERIOD_MS);
  }
  const isFresh = ({ atMs, stale }: JudgedSample) => !stale && atMs - diedAtMs > FRESH_MS_MAX;
  expect(lasting(withFormer, isFresh).slice(0, 3)).toEqual([]);
  const firstNew = after.find(({ sequences }) => sequences !== '' && sequences !== former);
  expect(firstNew?.atMs).toBeGreaterThan(diedAtMs);
  const cameBack = withFormer.filter(({ atMs }) => atMs > (firstNew?.atMs ?? 0));
  expect(cameBack).toEqual([]);
}
