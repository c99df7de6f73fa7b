import { type HashRange, rangeMiddle, uniformRanges } from '#lib/domain/hash-range.ts';
import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { namesWithin } from './key-placement.ts';
import { eventNames, topicNames } from './names.ts';
import type { Payload } from './payload.ts';
import type { KeyPlan } from './producer-plan.ts';
import { between, type Random, seededRandom, subSeed } from './seeded-random.ts';
import type { StreamPlan } from './stream-plan.ts';
import { tweetsAbout } from './tweet-payload.ts';
import { makeWave } from './wave.ts';
import { zipfShares } from './zipf.ts';

export const TWEETS = 'tweets';
const SHARDS = 6;
const LIMIT = SHARD_LIMITS.writeBytesPerSecondMax;

/** The shard that splitting cures: many warm keys, as many of them in either half. */
export const WARM_SHARD = 1;
const WARM_DEMAND = 1.22;
const WARM_KEYS_PER_HALF = 12;

/** The shard that it does not: one key alone asks for more than a shard takes. */
export const SINGLE_KEY_SHARD = 4;
const SINGLE_KEY_DEMAND = 1.14;
const SINGLE_KEY_COMPANY = 0.03;

/** Use of the write limit that the other shards are asked for, by shard. */
const QUIET_DEMAND: Readonly<Record<number, number>> = { 0: 0.34, 2: 0.19, 3: 0.46, 5: 0.27 };
const QUIET_KEYS = 12;

/** Hot shards swing little, so that they stay over their limit all the time. */
const HOT_SHAPE = { depth: 0.035, burst: 0 };
const QUIET_SHAPE = { depth: 0.16, burst: 0.3 };

const PAYLOADS_PER_KEY = 12;
const TWEET_BYTES = { least: 5_000, most: 15_500 };

/**
 * Tweets by topic. Within a shard, topics share its demand by Zipf's law with exponent `skew`; how much
 * each shard is asked for is fixed, so that there always are two hot ones, of two kinds.
 */
export function tweetsPlan(seed: number, skew: number): StreamPlan {
  const random = seededRandom(subSeed(seed, TWEETS));
  const keys = uniformRanges(SHARDS).flatMap((range, shard) => shardKeys(shard, range, skew));
  return {
    streamName: TWEETS,
    mode: 'PROVISIONED',
    shardCount: SHARDS,
    shardMetrics: true,
    retentionHours: 24,
    consumers: [],
    tags: { team: 'trends', environment: 'production', 'cost-centre': '4100' },
    producer: {
      streamName: TWEETS,
      batchMs: 250,
      keys: keys.map(({ partitionKey, demand, shard }): KeyPlan => {
        const isHot = shard === WARM_SHARD || shard === SINGLE_KEY_SHARD;
        return {
          partitionKey,
          bytesPerSecond: demand * LIMIT,
          wave: makeWave(seed, `${TWEETS}/${shard}`, isHot ? HOT_SHAPE : QUIET_SHAPE),
          payloads: tweetPool(random, partitionKey),
        };
      }),
    },
  };
}

type KeyDemand = { readonly partitionKey: string; readonly demand: number; readonly shard: number };

function shardKeys(shard: number, range: HashRange, skew: number): KeyDemand[] {
  switch (shard) {
    case WARM_SHARD: {
      const middle = rangeMiddle(range);
      const halves = [
        { start: range.start, end: middle },
        { start: middle, end: range.end },
      ];
      // Warm keys are near each other in size: with the full skew, one of them would be the problem.
      return halves.flatMap((half) =>
        shared(shard, half, WARM_KEYS_PER_HALF, WARM_DEMAND / 2, skew / 3),
      );
    }
    case SINGLE_KEY_SHARD: {
      const [event = ''] = namesWithin(eventNames(), range, 1);
      return [
        { partitionKey: event, demand: SINGLE_KEY_DEMAND, shard },
        ...shared(shard, range, QUIET_KEYS, SINGLE_KEY_COMPANY, skew),
      ];
    }
    default:
      return shared(shard, range, QUIET_KEYS, QUIET_DEMAND[shard] ?? 0, skew);
  }
}

function shared(
  shard: number,
  range: HashRange,
  count: number,
  demand: number,
  skew: number,
): KeyDemand[] {
  const names = namesWithin(topicNames(), range, count);
  const shares = zipfShares(count, skew);
  return names.map((partitionKey, i) => ({
    partitionKey,
    demand: demand * (shares[i] ?? 0),
    shard,
  }));
}

function tweetPool(random: Random, topic: string): Payload[] {
  const { least, most } = TWEET_BYTES;
  const nextTweet = tweetsAbout(random, topic);
  return Array.from({ length: PAYLOADS_PER_KEY }, () => nextTweet(between(random, least, most)));
}
