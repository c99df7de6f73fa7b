import lighthouse, { desktopConfig } from 'lighthouse';
import { nextFreePort } from '#server/launcher/free-port.ts';
import { median } from './median.ts';
import { openChromium } from './open-chromium.ts';
import { startProductOfWorld } from './product-of-world.ts';
import { watchAsATab } from './watch-as-a-tab.ts';

const SHARDS = 1_000;
const STREAM = 'world-0001';
const RUNS = 3;
const FIRST_DEBUGGING_PORT = 9_330;
/** Until the first figures have been read: a page without any is no measure. */
const FIGURES_MS = 15_000;

/**
 * Lighthouse's own judgement of the page of a stream of 1,000 shards, as on a desktop computer; median of three.
 *
 * - `performance`, `accessibility`: scores, 0 to 100
 * - `cls`: cumulative layout shift
 * - `lcpMs`, `totalBlockingMs`: as Lighthouse simulates them
 */
export async function run(): Promise<Record<string, number>> {
  const product = await startProductOfWorld({ streams: 1, shards: SHARDS });
  const debuggingPort = await nextFreePort(FIRST_DEBUGGING_PORT);
  const browser = await openChromium([`--remote-debugging-port=${debuggingPort}`]);
  try {
    const target = { connection: product.connection, streamName: STREAM };
    const stopWatching = await watchAsATab(product.url, target);
    await new Promise((resolve) => setTimeout(resolve, FIGURES_MS));
    const results: Judged[] = [];
    for (let i = 0; i < RUNS; i += 1) {
      const url = `${product.url}/streams/${product.connection}/${STREAM}`;
      results.push(await judge(url, debuggingPort));
    }
    stopWatching();
    const of = (pick: (one: Judged) => number) => median(results.map(pick));
    return {
      performance: of((one) => one.performance),
      accessibility: of((one) => one.accessibility),
      cls: of((one) => one.cls),
      lcpMs: of((one) => one.lcpMs),
      totalBlockingMs: of((one) => one.totalBlockingMs),
    };
  } finally {
    await browser.close();
    await product.stop();
  }
}

type Judged = {
  readonly performance: number;
  readonly accessibility: number;
  readonly cls: number;
  readonly lcpMs: number;
  readonly totalBlockingMs: number;
};

async function judge(url: string, port: number): Promise<Judged> {
  const result = await lighthouse(
    url,
    { port, output: 'json', onlyCategories: ['performance', 'accessibility'], logLevel: 'error' },
    desktopConfig,
  );
  if (result === undefined) throw new Error('Lighthouse gave no result.');
  const { categories, audits } = result.lhr;
  const score = (category: string) => Math.round((categories[category]?.score ?? Number.NaN) * 100);
  const figure = (audit: string) => audits[audit]?.numericValue ?? Number.NaN;
  const missed = Object.values(audits).filter(
    ({ score: each, scoreDisplayMode }) => scoreDisplayMode === 'binary' && each === 0,
  );
  for (const { id, title, details } of missed) {
    const where = details?.type === 'table' ? details.items.map(snippetOf).join('\n  ') : '';
    process.stdout.write(`not passed: ${id}: ${title}\n  ${where}\n`);
  }
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    cls: Math.round(figure('cumulative-layout-shift') * 1_000) / 1_000,
    lcpMs: Math.round(figure('largest-contentful-paint')),
    totalBlockingMs: Math.round(figure('total-blocking-time')),
  };
}

/** The markup of a node that an audit names; empty where it names none. */
function snippetOf(item: Readonly<Record<string, unknown>>): string {
  const { node } = item;
  return typeof node === 'object' && node !== null && 'snippet' in node ? String(node.snippet) : '';
}
