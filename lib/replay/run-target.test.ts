import { expect, test } from 'vitest';
import { targetStrips, targetUses } from './run-target.ts';
import type { PlannedShardView } from './view/plan.ts';

const shard: PlannedShardView = {
  shardId: 'shardId-000000000003',
  start: '0',
  end: '99',
  live: { bytesPerSecond: 262_144, recordsPerSecond: 100 },
  cap: { bytesPerSecond: 262_144, recordsPerSecond: 450 },
  recordShare: 0.5,
};

test('use is of the tighter limit, with the replay beside live traffic', () => {
  expect(targetUses([shard])).toMatchObject([{ live: 0.25, atCap: 0.55, recordShare: 0.5 }]);
});

test('what is not known is no use of 0', () => {
  expect(targetUses([{ ...shard, live: null }])).toMatchObject([{ live: null, atCap: null }]);
  expect(targetUses([{ ...shard, cap: null }])).toMatchObject([{ live: 0.25, atCap: null }]);
});

test('strips lie in the order of hash keys, and only where all shards are known', () => {
  const target = {
    mode: 'PROVISIONED',
    status: 'ACTIVE',
    recordBytesMax: 1_048_576,
    shardCount: 2,
    shards: [{ ...shard, start: '100', end: '199', live: null }, shard],
    consumers: [],
  } as const;
  const strips = targetStrips(target);
  expect(strips?.live.map(({ start, rates }) => [start, rates])).toEqual([
    ['0', shard.live],
    ['100', null],
  ]);
  expect(strips?.atCap.map(({ rates }) => rates?.recordsPerSecond ?? null)).toEqual([550, null]);
  expect(targetStrips({ ...target, shardCount: 3 })).toBeNull();
});
