import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { projectRoot } from '#server/launcher/project-root.ts';
import { chromiumArguments, findChromium } from '#server/testing/chromium.ts';

/**
 * Takes the pictures of docs/screenshots from a product that runs: `node e2e/screenshots.ts http://localhost:3000`.
 * For a person who writes documentation; no test runs it.
 */
const [url = 'http://localhost:3000'] = process.argv.slice(2);
const FOLDER = join(projectRoot, 'docs', 'screenshots');

const SCREENS = [
  { name: 'streams', path: '/' },
  { name: 'stream', path: '/streams/embedded/tweets' },
] as const;

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
    readonly screen: (typeof SCREENS)[number];
    readonly colorScheme: 'dark' | 'light';
    readonly viewport: (typeof SIZES)[number];
  },
): Promise<void> {
  const { screen, colorScheme, viewport } = what;
  const context = await on.newContext({ colorScheme, viewport });
  const page = await context.newPage();
  await page.goto(`${url}${screen.path}`);
  await page.getByRole('banner').getByText('live', { exact: true }).waitFor();
  // Rates of the charts or the table: the page is whole.
  await page.getByText('MiB/s').filter({ visible: true }).first().waitFor();
  await page.getByText('Reading the history…').first().waitFor({ state: 'hidden' });
  const file = `${screen.name}-${colorScheme}-${viewport.width}.png`;
  // Of a stream all of it, as its strip, charts and table are one picture of the same ring.
  const fullPage = screen.name === 'stream';
  await page.screenshot({ path: join(FOLDER, file), fullPage, animations: 'disabled' });
  await context.close();
  process.stdout.write(`${file}\n`);
}
