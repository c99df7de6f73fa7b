import { describe, expect, it } from 'vitest';
import { advise } from '#lib/domain/advice/advise.ts';
import type { AdviceFacts } from '#lib/domain/advice/facts.ts';
import type { FindingId } from '#lib/domain/advice/finding.ts';
import {
  factsOf,
  historyOf,
  hotShards,
  presentOf,
  refusedIn,
  shardLoadOf,
  shardWindowOf,
} from '#lib/domain/advice/testing/facts-of.ts';
import { MEBIBYTE } from '#lib/domain/limits.ts';
import { advisedReshards } from './advised-reshards.ts';

const shardId = (index: number) => `shardId-00000000000${index}`;

/** What is offered for the finding of that id, which the rules have to make of the facts. */
function offered(id: FindingId, facts: AdviceFacts) {
  const finding = advise(facts).find((one) => one.id === id);
  if (finding === undefined) throw new Error(`${id} was not found`);
  return advisedReshards(finding);
}

describe('advisedReshards', () => {
  it('splits each shard that refuses', () => {
    const facts = factsOf({
      present: presentOf({ throttledRecords: 6_000 }),
      history: historyOf({ refusals: refusedIn(60), recentShards: hotShards() }),
    });
    expect(offered('writes-throttled', facts)).toEqual([
      {
        label: 'Split …0003 at the load median',
        target: { goal: 'split-shard', shard: shardId(3) },
      },
      {
        label: 'Split …0004 at the load median',
        target: { goal: 'split-shard', shard: shardId(4) },
      },
    ]);
  });

  it('offers nothing against one burst, nor for an on-demand stream', () => {
    const burst = factsOf({
      present: presentOf({ throttledRecords: 6_000 }),
      history: historyOf({ refusals: refusedIn(1), recentShards: hotShards() }),
    });
    expect(offered('writes-throttled', burst)).toEqual([]);
    const history = historyOf({ refusals: refusedIn(60), recentShards: hotShards() });
    expect(offered('writes-throttled', { ...burst, mode: 'ON_DEMAND', history })).toEqual([]);
  });

  it('scales where all shards are full', () => {
    const facts = factsOf({
      present: presentOf({ throttledRecords: 6_000, writeBytesPerSecond: 3.5 * MEBIBYTE }),
      history: historyOf({ refusals: refusedIn(60) }),
    });
    expect(offered('writes-throttled', facts)).toEqual([
      { label: 'Scale to 5 shards', target: { goal: 'scale-to-count', count: 5 } },
    ]);
  });

  it('scales down to what the load takes', () => {
    const facts = factsOf({ openShardCount: 20, history: historyOf() });
    expect(offered('too-many-shards', facts)).toEqual([
      { label: 'Scale to 3 shards', target: { goal: 'scale-to-count', count: 3 } },
    ]);
  });

  it('merges each of the first cold pairs, the left shard first, and all at once', () => {
    const cold = Array.from({ length: 10 }, (_, i) => shardLoadOf(i, 0.01));
    const facts = factsOf({
      openShardCount: 10,
      history: historyOf({ dayShards: shardWindowOf(cold) }),
    });
    const found = offered('cold-neighbours', facts);
    expect(found.map(({ label }) => label)).toEqual([
      'Merge …0000 and …0001',
      'Merge …0002 and …0003',
      'Merge …0004 and …0005',
      'Merge all that are cold',
    ]);
    expect(found[1]?.target).toEqual({ goal: 'merge-shards', shard: shardId(2), side: 'right' });
  });

  it('splits a shard that nears its write limit, and not one whose readers do', () => {
    const nears = (limit: 'writeBytes' | 'readBytes') =>
      offered(
        'shard-nears-limit',
        factsOf({ hottest: { shardId: shardId(2), limit, use: 0.9 }, history: null }),
      );
    expect(nears('writeBytes')).toMatchObject([{ target: { shard: shardId(2) } }]);
    expect(nears('readBytes')).toEqual([]);
  });
});
