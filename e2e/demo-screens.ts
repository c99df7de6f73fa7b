import type { Page } from '@playwright/test';
import { heading, rates, type Screen } from './screen.ts';

const STREAM = '/streams/embedded/tweets';
const READ_STREAM = '/streams/embedded/document-changed-stream';
const APPLICATION = `${READ_STREAM}/applications/kcl/quota-worker`;

/** The rows of consumers below the strip are there. */
const withRows: Screen['whole'] = (page) =>
  page.getByRole('listbox', { name: /^Lag of quota-worker/ }).waitFor();

async function openRewind(page: Page): Promise<void> {
  await page.getByRole('listbox', { name: /^Lag over/ }).waitFor();
  await page.getByRole('button', { name: 'Set to another place…' }).click();
  await page.getByRole('form', { name: /^Choose a place/ }).waitFor();
}

const planned: Screen['whole'] = async (page) => {
  await page.getByRole('img', { name: /^Planned shards/ }).waitFor();
  // Whole pictures are taken from the top; the page has gone to the plan.
  await page.evaluate(() => window.scrollTo(0, 0));
};

/** Pages of the demo. */
export const DEMO_SCREENS: readonly Screen[] = [
  { name: 'streams', path: '/', whole: rates },
  { name: 'streams-none-found', path: '/?q=nothing', whole: heading('No stream matches') },
  {
    name: 'streams-by-tag',
    path: '/?q=tag:environment=production&columns=shards,bytes-in,hottest,strip,tags,age',
    whole: async (page) => {
      await page.getByText('team=trends').waitFor();
      await page.getByRole('button', { name: /^Tags/ }).click();
      await page.getByRole('group', { name: 'environment' }).waitFor();
    },
  },
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
    name: 'reshard',
    path: `${STREAM}?tab=reshard&goal=split-shard&shard=shardId-000000000001`,
    whole: planned,
    fullPage: true,
  },
  {
    name: 'reshard-one-key',
    path: `${STREAM}?tab=reshard&goal=split-shard&shard=shardId-000000000004`,
    whole: async (page) => {
      await page.getByRole('button', { name: /^Sample shard/ }).click();
      await page.getByRole('button', { name: 'Reading…' }).waitFor();
      await page.getByText('no split spreads one key').waitFor();
      await planned(page);
    },
    fullPage: true,
  },
  {
    name: 'reshard-scale',
    path: `${STREAM}?tab=reshard&goal=scale-to-count&count=9`,
    whole: planned,
    fullPage: true,
  },
  {
    name: 'reshard-on-demand',
    path: '/streams/embedded/clickstream?tab=reshard',
    whole: heading('Warm throughput'),
    fullPage: true,
  },
  { name: 'operations', path: '/operations', whole: heading('Operations') },
  {
    name: 'consumers',
    path: `${READ_STREAM}?tab=consumers`,
    whole: async (page) => {
      await page.getByRole('link', { name: 'quota-worker' }).first().waitFor();
      await withRows(page);
    },
    fullPage: true,
  },
  {
    name: 'consumer-rows',
    path: READ_STREAM,
    whole: async (page) => {
      await withRows(page);
      const row = page.getByRole('listbox', { name: /^Lag of quota-worker/ });
      await row.focus();
      await page.keyboard.press('End');
      await row.getByRole('option').waitFor();
    },
  },
  {
    name: 'streams-consumers',
    path: '/?columns=shards,bytes-in,hottest,consumers,lag,age&sort=consumers',
    whole: (page) =>
      page
        .getByText(/quota-worker/)
        .filter({ visible: true })
        .first()
        .waitFor(),
  },
  {
    name: 'applications',
    path: '/applications',
    whole: (page) => page.getByRole('link', { name: 'quota-worker' }).waitFor(),
  },
  {
    name: 'application',
    path: APPLICATION,
    whole: async (page) => {
      await page.getByRole('listbox', { name: /^Lag over/ }).waitFor();
      await page.getByText('4 leases').waitFor();
    },
    fullPage: true,
  },
  { name: 'rewind', path: APPLICATION, whole: openRewind },
  {
    name: 'rewind-preview',
    path: APPLICATION,
    whole: async (page) => {
      await openRewind(page);
      await page.getByRole('button', { name: 'Preview' }).click();
      await page.getByRole('form', { name: /^Set quota-worker/ }).waitFor();
    },
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
  {
    name: 'on-demand',
    path: '/streams/embedded/clickstream',
    whole: heading('Against the limits'),
    fullPage: true,
  },
  { name: 'no-stream', path: '/streams/embedded/nothing', whole: heading('No stream') },
  { name: 'replays', path: '/replays', whole: heading('Replays') },
  {
    name: 'replay-source',
    path: '/replays',
    whole: async (page) => {
      await page.getByRole('button', { name: 'New replay' }).first().click();
      await page.getByText('Archives that were found').waitFor();
    },
  },
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
