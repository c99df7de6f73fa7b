import type { Page } from '@playwright/test';
import type { StateWorlds } from './fixtures/state-worlds.ts';
import { heading, type Screen } from './screen.ts';

const SPLIT_STREAM = '/streams/yesterday/reshaped';
const SPLIT_LINEAGE = `${SPLIT_STREAM}?tab=lineage&lineage=all`;
const LEAVING_STREAM = '/streams/yesterday/leaving';

/** A picture of a state, which `before` brings about; the pictures are taken in this order. */
type StateScreen = Screen & {
  readonly before?: (worlds: StateWorlds, page: Page) => void | Promise<void>;
};

const deleting: Screen['whole'] = (page) =>
  page
    .getByText(/being deleted/i)
    .filter({ visible: true })
    .first()
    .waitFor();
const denied: Screen['whole'] = (page) =>
  page.getByText('Allow kinesis:DescribeStreamSummary').filter({ visible: true }).first().waitFor();

/** States of streams that the demo does not have. */
export const STATE_SCREENS: readonly StateScreen[] = [
  {
    name: 'one-shard',
    path: '/streams/single/world-0001',
    whole: heading('Bytes in'),
    fullPage: true,
  },
  {
    name: 'wide',
    path: '/streams/wide/world-0001',
    whole: (page) =>
      page
        .getByText(/CloudWatch, period \d/)
        .first()
        .waitFor(),
    fullPage: true,
  },
  { name: 'forbidden', path: '/streams/yesterday/secret', whole: denied },
  { name: 'forbidden-row', path: '/?q=secret', whole: denied },
  {
    name: 'expired',
    before: async (worlds, page) => {
      // Only what the collector has seen open or closed is known once it has expired.
      await page.goto(`${worlds.product.url}${SPLIT_LINEAGE}`);
      await page.getByText('2 shards open, 1 closed, 0 expired').waitFor();
      await worlds.expireYesterday();
    },
    path: SPLIT_LINEAGE,
    whole: (page) => page.getByText('2 shards open, 0 closed, 1 expired').waitFor(),
    fullPage: true,
  },
  {
    name: 'expired-stream',
    path: SPLIT_STREAM,
    whole: heading('Against the limits'),
    fullPage: true,
  },
  {
    name: 'deleting',
    before: (worlds) => worlds.deleteLeaving(),
    path: LEAVING_STREAM,
    whole: deleting,
    fullPage: true,
  },
  {
    name: 'deleting-row',
    before: (worlds) => worlds.deleteLeaving(),
    path: '/?connection=yesterday',
    whole: deleting,
  },
  {
    name: 'deleting-settings',
    before: (worlds) => worlds.deleteLeaving(),
    path: `${LEAVING_STREAM}?tab=settings`,
    whole: heading('Retention'),
    fullPage: true,
  },
];
