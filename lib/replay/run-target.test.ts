import { expect, test } from 'vitest';
import { targetUses } from './run-target.ts';
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
