import { describe, expect, it } from 'vitest';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { plannedShards } from './planned-shards.ts';

const idle = { bytesPerSecond: 0, recordsPerSecond: 10 };
const [left, right] = uniformRanges(2).map(({ start, end }, i) => ({
  shardId: `shardId-00000000000${i}`,
  start: `${start}`,
  end: `${end}`,
  live: idle,
  cap: null,
  recordShare: i === 0 ? 0.25 : 0.75,
}));
if (left === undefined || right === undefined) throw new Error('two shards');

const PLAN = {
  target: {
    mode: 'PROVISIONED',
    status: 'ACTIVE',
    recordBytesMax: 1_048_576,
    shardCount: 2,
    shards: [right, left],
    consumers: [],
  },
  duration: { ms: 10_000, words: '' },
  records: 1_000,
  bytes: 100_000,
} as const;

describe('plannedShards', () => {
  it('lie in the order of the ring, with the replay beside their live traffic', () => {
    const shards = plannedShards(PLAN);
    expect(shards.map(({ shardId }) => shardId)).toEqual([left.shardId, right.shardId]);
    expect(shards[1]?.rates).toEqual({ bytesPerSecond: 7_500, recordsPerSecond: 85 });
  });

  it('carry an unknown load where anything of it is unknown', () => {
    expect(plannedShards({ ...PLAN, duration: null })[0]?.rates).toBeNull();
    expect(
      plannedShards({ ...PLAN, target: { ...PLAN.target, shards: [{ ...left, live: null }] } })[0]
        ?.rates,
    ).toBeNull();
  });

  it('makes no rate of less than a second', () => {
    const quick = plannedShards({ ...PLAN, duration: { ms: 1, words: '' } });
    expect(quick[0]?.rates?.recordsPerSecond).toBe(260);
  });
});
