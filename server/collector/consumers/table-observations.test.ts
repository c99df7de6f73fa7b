import { expect, it } from 'vitest';
import type { DynamoItem } from '#lib/domain/consumers/dynamo-item.ts';
import { TEST_CONSUMERS } from '#server/testing/embedded-connection.ts';
import { followTable } from './followed-table.ts';
import { observationsIn } from './table-observations.ts';

const NOW_MS = 1_790_000_000_000;
const table = followTable('feed', 'kcl', null, TEST_CONSUMERS, {
  binding: null,
  boundByHand: null,
});

function lease(streamName: string, shard: number, owner: string): DynamoItem {
  return {
    leaseKey: { S: `123456789012:${streamName}:1700000000:shardId-00000000000${shard}` },
    leaseOwner: { S: owner },
    leaseCounter: { N: '1' },
    checkpoint: { S: 'TRIM_HORIZON' },
  };
}

/** Workers that each stream's leases are to hear of, by the stream's name. */
function workersBy(items: readonly DynamoItem[], workerIds: readonly string[]) {
  const scan = { items, atMs: NOW_MS, throughMs: NOW_MS, units: 1, seconds: 0 };
  const reports = workerIds.map((workerId) => ({ workerId, lastUpdatedMs: NOW_MS }));
  return Object.fromEntries(
    observationsIn(table, scan, reports).map(({ group, observation }) => [
      group.stream?.streamName,
      observation.workers?.map(({ workerId }) => workerId),
    ]),
  );
}

it('tells each stream of an application of its own workers', () => {
  const items = [lease('orders', 0, 'w-1'), lease('orders', 1, 'w-2'), lease('audit', 0, 'w-1')];
  expect(workersBy(items, ['w-1', 'w-2'])).toEqual({ orders: ['w-1', 'w-2'], audit: ['w-1'] });
});

it('tells each of them of workers that have nothing to do anywhere, if there are too many', () => {
  const items = [lease('orders', 0, 'w-1'), lease('audit', 0, 'w-2')];
  expect(workersBy(items, ['w-1', 'w-2', 'w-3'])).toEqual({
    orders: ['w-1', 'w-3'],
    audit: ['w-2', 'w-3'],
  });
  const more = [...items, lease('orders', 1, 'w-1')];
  expect(workersBy(more, ['w-1', 'w-2', 'w-3'])).toEqual({ orders: ['w-1'], audit: ['w-2'] });
});
