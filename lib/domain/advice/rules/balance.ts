import { evenness } from '#lib/domain/advice/evenness.ts';
import type { AdviceFacts, ShardLoad } from '#lib/domain/advice/facts.ts';
import type { Finding } from '#lib/domain/advice/finding.ts';
import { hottestOnAverage } from '#lib/domain/advice/shard-of-note.ts';
import { type Limit, tightestLimit } from '#lib/domain/throughput.ts';
import { windowOf } from './windows.ts';

/** An imbalance is worth a word from this multiple of the mean on… */
const MAX_TO_MEAN = 2;
/** …where the hottest shard is busy at all… */
const USE_MIN = 0.3;
/** …and more than a remark from here on: at the present shape it will be the first to refuse. */
const USE_WARNING = 0.6;

/** Imbalance of load: shards of a stream cost the same, and its hottest decides when it refuses. */
export function loadBalanceRule(facts: AdviceFacts): readonly Finding[] {
  const recent = facts.history?.recentShards ?? null;
  if (recent === null) return [];
  const hottest = hottestOnAverage(recent.shards);
  if (hottest === null) return [];
  const uses = recent.shards.map((shard) => useOf(shard, hottest.limit));
  const even = evenness(uses);
  if (even === null || even.maxToMean < MAX_TO_MEAN || hottest.use < USE_MIN) return [];
  return [
    {
      id: 'load-uneven',
      severity: hottest.use >= USE_WARNING ? 'warning' : 'info',
      evenness: even,
      hottest,
      meanUse: uses.reduce((a, b) => a + b, 0) / uses.length,
      openShardCount: recent.shards.length,
      window: windowOf(recent),
    },
  ];
}

/** Where nothing was written to a shard, CloudWatch has no datapoint, and its mean is 0. */
function useOf({ mean }: ShardLoad, limit: Limit): number {
  return Number.isNaN(mean[limit]) ? 0 : mean[limit];
}

/** Imbalance of ranges: with many keys, a range twice as wide takes twice as much. */
export function rangeBalanceRule({ history, mode }: AdviceFacts): readonly Finding[] {
  const shards = history?.recentShards?.shards ?? history?.dayShards?.shards ?? [];
  // Nobody can split or merge shards of an on-demand stream by hand.
  if (mode === 'ON_DEMAND') return [];
  const even = evenness(shards.map(({ rangeShare }) => rangeShare));
  if (even === null || even.maxToMean < MAX_TO_MEAN) return [];
  const widest = shards.reduce((a, b) => (b.rangeShare > a.rangeShare ? b : a));
  // A wide range that carries little is how a stream looks whose hot ranges were split: nothing is wrong.
  if (!(tightestLimit(widest.mean).use >= USE_MIN)) return [];
  return [
    {
      id: 'ranges-uneven',
      severity: 'info',
      evenness: even,
      widest: { shardId: widest.shardId, rangeShare: widest.rangeShare },
      openShardCount: shards.length,
    },
  ];
}
