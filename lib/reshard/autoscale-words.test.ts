import { expect, it } from 'vitest';
import { decideAutoscale } from '#lib/domain/reshard/autoscale/decide.ts';
import { AUTOSCALE_DEFAULTS } from '#lib/domain/reshard/autoscale/policy.ts';
import { autoscaleFactsOf } from '#lib/domain/reshard/autoscale/testing/facts-of.ts';
import { decisionWords, lateWords, modeSentence, outcomeWords } from './autoscale-words.ts';

const FACTS = autoscaleFactsOf();

it.each([
  [{}, 'Nothing: 4 shards for a load of 2.5 shards is within the target.'],
  [{ loadShards: 3.5 }, 'Scale to 5 shards: 4 shards for a load of 3.5 shards.'],
  [
    { loadShards: 1.4 },
    'Scale to 2 shards: 4 shards for a load of 1.4 shards are more than the target needs.',
  ],
  [
    { busiestUse: 0.97 },
    'Rebalance by load over 4: the hottest shard is at 97 %, though 4 shards have room for a load of 2.5 shards.',
  ],
  [
    { loadShards: 3.5, lastReshardAtMs: 35_990_000 },
    'Nothing yet: the last reshard was too short a time ago. It would scale to 5 shards.',
  ],
  [
    { loadShards: 1, lagMs: 900_000 },
    'Nothing yet: a consumer is too far behind to take shards away. It would scale to 2 shards.',
  ],
  [
    { loadShards: 9, reshardsInDay: 8 },
    'Nothing: all 8 reshards that the policy allows in 24 hours are spent. It would scale to 13 shards.',
  ],
  [
    { loadShards: null },
    'Nothing: the load of 4 shards is not known for all of the time looked back at.',
  ],
  [{ isUnderWay: true }, 'Nothing: the stream is being resharded.'],
  [{ openShardCount: 25 }, 'Scale to 20 shards: 25 shards are more than the policy allows.'],
  [
    { openShardCount: 20, loadShards: 99, refused: true },
    'Nothing: records are refused, and 20 shards are as many as the policy allows.',
  ],
  [
    { loadShards: 1, lagMs: null },
    'Nothing yet: how far behind a consumer is, is not known, so no shard is taken away. It would scale to 2 shards.',
  ],
  [
    { loadShards: 3.5, lastVainAtMs: 35_990_000 },
    'Nothing yet: it was tried a short time ago, and no reshard came of it. It would scale to 5 shards.',
  ],
  [
    { hindrance: 'on-demand' },
    'Nothing: Kinesis itself chooses the shards of an on-demand stream.',
  ],
  [{ hindrance: 'not-active' }, 'Nothing: the stream is being changed, and is not ACTIVE.'],
  [
    { hindrance: 'figures-stale', loadShards: 9 },
    'Nothing: the newest figures are too old to tell of the present.',
  ],
] as const)('%o: %s', (change, words) => {
  expect(decisionWords(decideAutoscale(AUTOSCALE_DEFAULTS, { ...FACTS, ...change }))).toBe(words);
});

it.each([
  ['off', /only when a person/],
  ['advise', /changes nothing itself/],
  ['act', /between 1 and 20 shards, at most 8 times in 24 hours/],
] as const)('says of the mode %s what it may do', (mode, words) => {
  expect(modeSentence(mode, AUTOSCALE_DEFAULTS)).toMatch(words);
});

it('says when decisions fail to come, and only then', () => {
  const nowMs = 36_000_000;
  const policy = { mode: 'act', setAtMs: 0 } as const;
  expect(lateWords(policy, nowMs - 60_000, nowMs)).toBeNull();
  expect(lateWords({ ...policy, setAtMs: nowMs - 1_000 }, null, nowMs)).toBeNull();
  expect(lateWords(policy, nowMs - 7 * 60_000, nowMs)).toMatch(/for 7 min, .* a worker is running/);
  expect(lateWords({ ...policy, mode: 'off' }, null, nowMs)).toBeNull();
});

it('names who began what was proposed, and why nothing was', () => {
  expect(outcomeWords('applied', null, 'an operator')).toBe('begun by an operator');
  expect(outcomeWords('refused', 'One key is too hot.', null)).toBe(
    'no reshard does it. One key is too hot.',
  );
});
