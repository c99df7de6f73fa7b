import type { Limit } from '#lib/domain/throughput.ts';
import type { ColdPair } from './cold-pairs.ts';
import type { Evenness } from './evenness.ts';
import type { Peak } from './facts.ts';
import type { ShardsNeeded } from './shards-needed.ts';

/** `critical` needs a person now; `warning` will, if nothing changes; `info` is an opportunity or a remark. */
export type Severity = 'critical' | 'warning' | 'info';

/** The time that figures are of. */
export type Window = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodSeconds: number;
};

/** How refusals lie in time. `unknown`: only one period was looked at. */
export type ThrottlePattern = 'burst' | 'sustained' | 'over' | 'unknown';

/** How they lie over the shards. `unknown`: shard-level metrics are off. */
export type ThrottleSpread = 'one-shard' | 'some-shards' | 'whole-stream' | 'unknown';

/** Figures of one shard that stands out. */
export type ShardOfNote = {
  readonly shardId: string;
  readonly limit: Limit;
  /** Use of that limit, 0 .. 1 and beyond. */
  readonly use: number;
};

/**
 * What a rule found: which rule, how grave it is, and the figures that it rests on, for words (lib/advice) and for
 * machines. Rates are a second, uses and shares 0 .. 1.
 */
export type Finding = { readonly severity: Severity } & (
  | {
      readonly id: 'lag-nears-retention';
      readonly iteratorAgeMs: number;
      readonly retentionMs: number;
      readonly growthMsPerHour: number | null;
      /** Until the oldest unread record expires, were the growth to go on; null: it does not grow, or is not known. */
      readonly lostInMs: number | null;
      readonly window: Window;
    }
  | {
      readonly id: 'writes-throttled';
      readonly pattern: ThrottlePattern;
      readonly spread: ThrottleSpread;
      readonly onDemand: boolean;
      readonly throttledRecords: number;
      readonly acceptedRecords: number | null;
      /** Of those tried: refused / (refused + accepted). Retries are tried again, and counted again. */
      readonly throttledShare: number;
      readonly throttledPeriods: number | null;
      readonly periods: number | null;
      /** The shard that refused most, or is hottest where it is not known which refused. */
      readonly shard: ShardOfNote | null;
      /** Share of all refusals that are that shard's; null: not known. */
      readonly shardShareOfThrottled: number | null;
      readonly throttledShardCount: number | null;
      /** Those that refused a good part of all, most first: at most three. */
      readonly throttledShardIds: readonly string[];
      readonly openShardCount: number;
      /** Use of all shards together by what was accepted. */
      readonly streamUse: number | null;
      /** For what was accepted: the demand is that or more. */
      readonly shardsNeededAtLeast: number | null;
      /** Refused though the mean of the period is far below the limit: the limit is by the second. */
      readonly withinPeriod: boolean;
      readonly window: Window;
    }
  | {
      readonly id: 'reads-throttled';
      /** `calls`: 5 GetRecords a second; `bytes`: 2 MiB/s. `unknown`: shard-level OutgoingBytes is off. */
      readonly bound: 'calls' | 'bytes' | 'unknown';
      readonly throttledReadCalls: number;
      readonly shard: { readonly shardId: string; readonly readBytesUse: number } | null;
      readonly window: Window;
    }
  | {
      readonly id: 'shard-nears-limit';
      readonly onDemand: boolean;
      readonly shard: ShardOfNote;
      readonly window: Window;
    }
  | {
      readonly id: 'too-few-shards';
      readonly openShardCount: number;
      readonly headroom: number;
      readonly needed: ShardsNeeded;
      readonly peak: Peak;
      readonly window: Window;
    }
  | {
      readonly id: 'too-many-shards';
      readonly openShardCount: number;
      readonly headroom: number;
      readonly needed: ShardsNeeded;
      readonly peak: Peak;
      readonly savedDollarsPerMonth: number;
      readonly window: Window;
    }
  | {
      readonly id: 'load-uneven';
      readonly evenness: Evenness;
      readonly hottest: ShardOfNote;
      readonly meanUse: number;
      readonly openShardCount: number;
      readonly window: Window;
    }
  | {
      readonly id: 'ranges-uneven';
      readonly evenness: Evenness;
      readonly widest: { readonly shardId: string; readonly rangeShare: number };
      readonly openShardCount: number;
    }
  | {
      readonly id: 'cold-neighbours';
      readonly pairs: readonly ColdPair[];
      readonly coldShare: number;
      readonly savedDollarsPerMonth: number;
      readonly window: Window;
    }
  | {
      readonly id: 'on-demand-growth';
      readonly limit: 'writeBytes' | 'writeRecords';
      readonly perSecond: number;
      /** What the stream takes at once: twice its highest before, or what a new stream starts with. */
      readonly capacityPerSecond: number;
      readonly peakBefore: Peak;
      readonly window: Window;
    }
  | { readonly id: 'shard-metrics-off'; readonly openShardCount: number }
);

export type FindingId = Finding['id'];
export type FindingOf<Id extends FindingId> = Extract<Finding, { readonly id: Id }>;
