import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShardDescription } from '#server/local-aws/scenario/kinesis-client-port.ts';
import type { StartAt } from './consumer-plan.ts';
import { type Lease, SHARD_END } from './lease.ts';
import { missingLeases } from './missing-leases.ts';

function shard(shardId: string, ...parentShardIds: string[]): ShardDescription {
  return { shardId, parentShardIds, startingHashKey: '0', endingHashKey: '1' };
}

function lease(shardId: string, checkpoint = '5'): Lease {
  return {
    leaseKey: shardId,
    shardId,
    streamId: null,
    leaseOwner: null,
    checkpointOwner: null,
    leaseCounter: 0,
    checkpoint,
    pendingCheckpoint: null,
    ownerSwitchesSinceCheckpoint: 0,
    parentShardIds: [],
    childShardIds: [],
    startingHashKey: '0',
    endingHashKey: '1',
    throughputKBps: 0,
  };
}

const HORIZON: StartAt = { type: 'TRIM_HORIZON' };
const LATEST: StartAt = { type: 'LATEST' };

/** A was split into B and C; C and D were merged into E. */
const STREAM = [shard('A'), shard('B', 'A'), shard('C', 'A'), shard('D'), shard('E', 'C', 'D')];

function made(
  leases: readonly Lease[],
  startAt: StartAt,
  library: 'kcl-1' | 'kcl-2' = 'kcl-2',
): readonly string[] {
  return missingLeases(STREAM, leases, { library, startAt }).map(
    (missing) => `${missing.shard.shardId} ${missing.checkpoint}`,
  );
}

describe('the leases that an application makes', () => {
  it('begin with the oldest shards from TRIM_HORIZON, with the open ones from LATEST', () => {
    expect(made([], HORIZON)).toEqual(['A TRIM_HORIZON', 'D TRIM_HORIZON']);
    expect(made([], LATEST)).toEqual(['B LATEST', 'E LATEST']);
    expect(made([], { type: 'AT_TIMESTAMP', timestampMs: 1 })).toEqual([
      'B AT_TIMESTAMP',
      'E AT_TIMESTAMP',
    ]);
  });

  it('are all at once in version 1', () => {
    expect(made([], HORIZON, 'kcl-1')).toEqual(
      ['A', 'B', 'C', 'D', 'E'].map((shardId) => `${shardId} TRIM_HORIZON`),
    );
  });

  it('come to children when their parents are at their end', () => {
    expect(made([lease('A'), lease('D')], HORIZON)).toEqual([]);
    expect(made([lease('A', SHARD_END), lease('D')], LATEST)).toEqual([
      'B TRIM_HORIZON',
      'C TRIM_HORIZON',
    ]);
    const done = [lease('A', SHARD_END), lease('B'), lease('C', SHARD_END), lease('D', SHARD_END)];
    expect(made(done, LATEST)).toEqual(['E TRIM_HORIZON']);
  });

  it('wait for a parent that has none yet, as it is itself a child of what is being read', () => {
    expect(made([lease('A')], LATEST)).toEqual([]);
    expect(made([lease('A')], HORIZON)).toEqual(['D TRIM_HORIZON']);
  });

  it('leave out what was passed before', () => {
    expect(made([lease('B'), lease('E')], HORIZON)).toEqual([]);
  });

  it('fill a hole that somebody made', () => {
    expect(made([lease('B')], LATEST)).toEqual(['E LATEST']);
    expect(made([lease('E')], HORIZON)).toEqual(['B TRIM_HORIZON']);
    expect(made([lease('A', SHARD_END), lease('E')], HORIZON)).toEqual(['B TRIM_HORIZON']);
  });

  it('come to an end: in the end each open shard has one, and none is made twice', () => {
    const open = new Set(['B', 'E']);
    fc.assert(
      fc.property(
        fc.subarray(STREAM.map(({ shardId }) => shardId)),
        fc.constantFrom(HORIZON, LATEST),
        fc.constantFrom('kcl-1' as const, 'kcl-2' as const),
        (lost, startAt, library) => {
          const leases = new Map<string, Lease>(
            STREAM.filter(({ shardId }) => !lost.includes(shardId)).map(({ shardId }) => [
              shardId,
              lease(shardId, open.has(shardId) ? '5' : SHARD_END),
            ]),
          );
          for (let audit = 0; audit < STREAM.length; audit += 1) {
            for (const { shard: one } of missingLeases(STREAM, [...leases.values()], {
              library,
              startAt,
            })) {
              expect(leases.has(one.shardId)).toBe(false);
              const isOpen = open.has(one.shardId);
              leases.set(one.shardId, lease(one.shardId, isOpen ? '5' : SHARD_END));
            }
          }
          for (const shardId of open) expect(leases.has(shardId)).toBe(true);
        },
      ),
    );
  });
});
