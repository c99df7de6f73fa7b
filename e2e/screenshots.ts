import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { projectRoot } from '#server/launcher/project-root.ts';
import { chromiumArguments, findChromium } from '#server/testing/chromium.ts';
import { DEMO_SCREENS } from './demo-screens.ts';
import { startStateWorlds } from './fixtures/state-worlds.ts';
import type { Screen } from './screen.ts';
import { STATE_SCREENS } from './state-screens.ts';

/**
 * Takes the pictures of docs/screenshots: `node e2e/screenshots.ts http://localhost:3000 [screen ...]` those of a
 * product that runs with its embedded world, `node e2e/screenshots.ts states [screen ...]` those of streams in states
 * that the demo does not have, for which it starts worlds and a product of its own. By default all screens.
 * For a person who writes documentation; no test runs it.
 */
const [from = 'http://localhost:3000', ...wanted] = process.argv.slice(2);
const FOLDER = join(projectRoot, 'docs', 'screenshots');

/** A machine that does other work is slow to start worlds. */
const TIMEOUT_MS = 90_000;

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
  if (from === 'states') await takeStates(browser);
  else for (const screen of DEMO_SCREENS.filter(isWanted)) await takeAll(browser, from, screen);
} finally {
  await browser.close();
}

async function takeStates(on: Browser): Promise<void> {
  const screens = STATE_SCREENS.filter(isWanted);
  // Ten thousand shards are work for a machine, and all pages are stale where it lags behind.
  const needs = (connection: string) =>
    screens.some(({ path }) => path.startsWith(`/streams/${connection}/`));
  const worlds = await startStateWorlds(3, { wide: needs('wide'), single: needs('single') });
  try {
    for (const screen of screens) {
      const page = await on.newPage();
      await screen.before?.(worlds, page);
      await page.close();
      await takeAll(on, worlds.product.url, screen);
    }
  } finally {
    await worlds.stop();
  }
}

function isWanted({ name }: Screen): boolean {
  return wanted.length === 0 || wanted.includes(name);
}

/** In both themes and widths. */
async function takeAll(on: Browser, url: string, screen: Screen): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    for (const viewport of SIZES) await takePicture(on, { url, screen, colorScheme, viewport });
  }
}

async function takePicture(
  on: Browser,
  what: {
    readonly url: string;
    readonly screen: Screen;
    readonly colorScheme: 'dark' | 'light';
    readonly viewport: (typeof SIZES)[number];
  },
): Promise<void> {
  const { url, screen, colorScheme, viewport } = what;
  const context = await on.newContext({ colorScheme, viewport });
  context.setDefaultTimeout(TIMEOUT_MS);
  const page = await context.newPage();
  await page.goto(`${url}${screen.path}`);
  // Heard from the server; of a world whose clock stands still, figures grow old.
  await page
    .getByRole('banner')
    .getByText(/^(live|stale)/)
    .waitFor();
  await screen.whole(page);
  await page.getByText('Reading the ').first().waitFor({ state: 'hidden' });
  await untilDrawn(page);
  const file = `${screen.name}-${colorScheme}-${viewport.width}.png`;
  const fullPage = screen.fullPage ?? false;
  await page.screenshot({ path: join(FOLDER, file), fullPage, animations: 'disabled' });
  await context.close();
  process.stdout.write(`${file}\n`);
}

/** Charts are drawn when there is time: each has its canvas then, as wide as its box. */
async function untilDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('figure')].every((figure) => {
      // That of another tab.
      if (!figure.checkVisibility()) return true;
      const canvas = figure.querySelector('[role=img] canvas');
      const width = canvas?.closest('[role=img]')?.clientWidth ?? 0;
      return canvas !== null && Math.abs(canvas.clientWidth - width) <= 1;
    }),
  );
}
