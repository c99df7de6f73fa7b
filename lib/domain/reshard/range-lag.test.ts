import { expect, it } from 'vitest';
import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import { rangeLag } from './range-lag.ts';

const behind = (shardId: string, atMostMs: number, status: LeaseHealth['status'] = 'OK') => ({
  shardId,
  status,
  lag: {
    kind: 'interval',
    atLeastMs: Math.max(0, atMostMs - 5_000),
    atMostMs,
    asOfMs: 0,
    method: 'checkpoint',
  } as const,
});

it('is the worst of the shards that are closed, and of no others', () => {
  const leases = [behind('a', 3_000), behind('b', 9_000), behind('c', 600_000, 'STALL')];
  expect(rangeLag(leases, new Set(['a', 'b']))).toEqual({
    worst: leases[1]?.lag,
    unknownCount: 0,
    holdingCount: 0,
  });
  expect(rangeLag(leases, new Set(['b', 'c']))).toMatchObject({ holdingCount: 1 });
});

it('says of how many it is not known', () => {
  const unknown = {
    shardId: 'b',
    status: 'UNKNOWN',
    lag: { kind: 'unknown', reason: 'seen-once' },
  } as const;
  expect(rangeLag([behind('a', 0), unknown], new Set(['a', 'b', 'c']))).toMatchObject({
    worst: { atMostMs: 0 },
    unknownCount: 2,
  });
  expect(rangeLag([], new Set(['a'])).worst).toBeNull();
});
