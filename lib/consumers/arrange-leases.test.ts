import { describe, expect, test } from 'vitest';
import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { arrangeLeases } from './arrange-leases.ts';
import type { LeaseArrangement } from './lease-page.ts';

function lease(
  index: number,
  change: Partial<LeaseHealth> & { readonly lagS?: number },
): LeaseHealth {
  const { lagS, ...rest } = change;
  return {
    shardId: shardIdOf(index),
    status: 'OK',
    sinceMs: null,
    unknown: null,
    lag:
      lagS === undefined
        ? { kind: 'unknown', reason: 'seen-once' }
        : {
            kind: 'interval',
            atLeastMs: 0,
            atMostMs: lagS * 1_000,
            asOfMs: 0,
            method: 'checkpoint',
          },
    trend: 'unknown',
    backlogRecords: null,
    backlogBytes: null,
    owner: 'w-1',
    checkpointOwner: null,
    pace: null,
    recordsPerSecond: null,
    caughtUpInMs: null,
    lossInMs: null,
    ...rest,
  };
}

const LEASES = [
  lease(0, { lagS: 5, owner: 'w-2' }),
  lease(1, { lagS: 0, status: 'DONE', owner: null }),
  lease(2, { lagS: 90, status: 'STALL', backlogRecords: 7 }),
  lease(3, { status: 'UNKNOWN', checkpointOwner: 'old-worker' }),
];
const arranged = (change: Partial<LeaseArrangement>) =>
  arrangeLeases(LEASES, {
    search: '',
    filter: 'all',
    sort: 'range',
    direction: 'asc',
    ...change,
  }).map(({ shardId }) => Number(shardId.slice(-4)));

describe('leases', () => {
  test('stand in hash-key order, either way round', () => {
    expect(arranged({})).toEqual([0, 1, 2, 3]);
    expect(arranged({ direction: 'desc' })).toEqual([3, 2, 1, 0]);
  });

  test('are ordered by the worst first where descending, the unknown last', () => {
    expect(arranged({ sort: 'status', direction: 'desc' })).toEqual([2, 3, 0, 1]);
    expect(arranged({ sort: 'lag', direction: 'desc' })).toEqual([2, 0, 1, 3]);
    expect(arranged({ sort: 'lag' })).toEqual([1, 0, 2, 3]);
    expect(arranged({ sort: 'backlog', direction: 'desc' })[0]).toBe(2);
    expect(arranged({ sort: 'owner' })).toEqual([2, 3, 0, 1]);
  });

  test('are found by shard, by owner and by who hands them over', () => {
    expect(arranged({ search: '0002' })).toEqual([2]);
    expect(arranged({ search: ' W-2' })).toEqual([0]);
    expect(arranged({ search: 'old' })).toEqual([3]);
  });

  test('are narrowed to what needs a look', () => {
    expect(arranged({ filter: 'stuck' })).toEqual([2]);
    expect(arranged({ filter: 'behind' })).toEqual([0, 2]);
    expect(arranged({ filter: 'unknown' })).toEqual([3]);
  });
});
