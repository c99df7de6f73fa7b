import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { projectRoot } from '#server/launcher/project-root.ts';
import { chromiumArguments, findChromium } from '#server/testing/chromium.ts';

/**
 * Takes the pictures of docs/screenshots from a product that runs with its embedded world:
 * `node e2e/screenshots.ts http://localhost:3000 [screen ...]`, by default of all screens.
 * For a person who writes documentation; no test runs it.
 */
const [url = 'http://localhost:3000', ...wanted] = process.argv.slice(2);
const FOLDER = join(projectRoot, 'docs', 'screenshots');

type Screen = {
  readonly name: string;
  readonly path: string;
  /** What the picture waits for: the page is whole then. */
  readonly whole: (page: Page) => Promise<void>;
  /** Left out: what a person sees without scrolling. */
  readonly fullPage?: boolean;
};

const STREAM = '/streams/embedded/tweets';

const rates = (page: Page) => page.getByText('MiB/s').filter({ visible: true }).first().waitFor();
const heading = (name: string) => (page: Page) => page.getByRole('heading', { name }).waitFor();

const SCREENS: readonly Screen[] = [
  { name: 'streams', path: '/', whole: rates },
  { name: 'streams-none-found', path: '/?q=nothing', whole: heading('No stream matches') },
  { name: 'stream', path: STREAM, whole: rates, fullPage: true },
  {
    name: 'stream-advice',
    path: STREAM,
    whole: async (page) => {
      await rates(page);
      await page.getByRole('heading', { name: 'Advice' }).click();
      await page.getByText('What to do.').first().waitFor();
    },
  },
  {
    name: 'stream-past',
    path: STREAM,
    whole: async (page) => {
      await rates(page);
      await page.getByRole('slider', { name: 'Period that the strip shows' }).press('Home');
      await page.getByText('As it was').waitFor();
      await page.getByText('reading…').waitFor({ state: 'hidden' });
    },
  },
  { name: 'shard', path: `${STREAM}?shard=shardId-000000000001`, whole: heading('Neighbours') },
  {
    name: 'lineage',
    path: `${STREAM}?tab=lineage&lineage=all`,
    whole: heading('Splits and merges'),
    fullPage: true,
  },
  {
    name: 'key-lookup',
    path: `${STREAM}?tab=keys&hash=900150983cd24fb0d6963f7d28e17f72`,
    whole: heading('Where a key goes'),
    fullPage: true,
  },
  { name: 'settings', path: `${STREAM}?tab=settings`, whole: heading('Retention'), fullPage: true },
  {
    name: 'without-shard-metrics',
    path: '/streams/embedded/audit-log',
    whole: heading('Against the limits'),
  },
  { name: 'no-stream', path: '/streams/embedded/nothing', whole: heading('No stream') },
  { name: 'costs', path: '/costs', whole: heading('API budgets'), fullPage: true },
  {
    name: 'create-stream',
    path: '/',
    whole: async (page) => {
      await page.getByRole('button', { name: 'Create stream' }).click();
      await page.getByText('Quota of the account').waitFor();
    },
  },
  {
    name: 'palette',
    path: STREAM,
    whole: async (page) => {
      await rates(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('option').filter({ visible: true }).first().waitFor();
    },
  },
];

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

await mkdir(FOLDER, { recursive: true });
const executablePath = findChromium();
const browser = await chromium.launch({
  args: chromiumArguments(),
  ...(executablePath === undefined ? {} : { executablePath }),
});
try {
  for (const screen of SCREENS) {
    if (wanted.length > 0 && !wanted.includes(screen.name)) continue;
    for (const colorScheme of ['dark', 'light'] as const) {
      for (const viewport of SIZES) await takePicture(browser, { screen, colorScheme, viewport });
    }
  }
} finally {
  await browser.close();
}

async function takePicture(
  on: Browser,
  what: {
    readonly screen: Screen;
    readonly colorScheme: 'dark' | 'light';
    readonly viewport: (typeof SIZES)[number];
  },
): Promise<void> {
  const { screen, colorScheme, viewport } = what;
  const context = await on.newContext({ colorScheme, viewport });
  const page = await context.newPage();
  await page.goto(`${url}${screen.path}`);
  await page.getByRole('banner').getByText('live', { exact: true }).waitFor();
  await screen.whole(page);
  await page.getByText('Reading the ').first().waitFor({ state: 'hidden' });
  const file = `${screen.name}-${colorScheme}-${viewport.width}.png`;
  const fullPage = screen.fullPage ?? false;
  await page.screenshot({ path: join(FOLDER, file), fullPage, animations: 'disabled' });
  await context.close();
  process.stdout.write(`${file}\n`);
}
