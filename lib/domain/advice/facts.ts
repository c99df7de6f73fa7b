import type { StreamMode, StreamStatus } from '#lib/domain/stream.ts';
import type { ShardUse, TightestLimit } from '#lib/domain/throughput.ts';

/** What a stream takes and gives, a second. null: CloudWatch had no datapoint. */
export type Load = {
  readonly writeBytesPerSecond: number | null;
  readonly writeRecordsPerSecond: number | null;
  /** By GetRecords, from all readers that share the shards' read limit; enhanced fan-out is not in it. */
  readonly readBytesPerSecond: number | null;
};

/** The newest period that was read. Counts are over the period. */
export type Present = Load & {
  readonly startMs: number;
  readonly periodSeconds: number;
  readonly throttledRecords: number | null;
  readonly throttledReadCalls: number | null;
  readonly iteratorAgeMs: number | null;
};

/** The highest mean over one period, and which period that was. */
export type Peak = {
  readonly perSecond: number;
  readonly startMs: number;
  readonly periodSeconds: number;
};

export type Peaks = {
  /** Where the recorded history that was looked through begins. */
  readonly sinceMs: number;
  readonly untilMs: number;
  readonly writeBytes: Peak | null;
  readonly writeRecords: Peak | null;
  readonly readBytes: Peak | null;
};

/** What an open shard did over a window. */
export type ShardLoad = {
  readonly shardId: string;
  /** Share of the hash-key space, 0 .. 1. */
  readonly rangeShare: number;
  /** Periods in which the shard was open and shard-level metrics were read. */
  readonly periods: number;
  /** Use of each limit: mean over those periods, and the highest of them. NaN: the metric is switched off. */
  readonly mean: ShardUse;
  readonly peak: ShardUse;
  readonly throttledRecords: number;
  readonly throttledReadCalls: number;
};

/** Open shards in range order over a window. */
export type ShardWindow = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodSeconds: number;
  readonly shards: readonly ShardLoad[];
};

/** What the whole stream refused over a window. */
export type Refusals = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodSeconds: number;
  /** Periods that were read. */
  readonly periods: number;
  readonly acceptedRecords: number;
  readonly throttledRecords: number;
  readonly throttledPeriods: number;
  /** Newest periods without a break in each of which records were refused. */
  readonly throttledRun: number;
  /** Start of the newest period in which records were refused; null: of none. */
  readonly lastThrottledAtMs: number | null;
  readonly throttledReadCalls: number;
  readonly throttledReadPeriods: number;
};

export type History = {
  readonly refusals: Refusals;
  /** Milliseconds that the iterator age grew in an hour, over the window of `refusals`; null: not known. */
  readonly iteratorAgeGrowthMsPerHour: number | null;
  /** null: shard-level metrics are off, or nothing was read with them. */
  readonly recentShards: ShardWindow | null;
  readonly dayShards: ShardWindow | null;
  readonly peaks: Peaks;
  /** Of at most 30 days, without the last 15 minutes: what an on-demand stream has grown to. */
  readonly peaksBefore: Peaks | null;
};

/** All that advice rests on. */
export type AdviceFacts = {
  readonly mode: StreamMode;
  readonly status: StreamStatus;
  readonly openShardCount: number;
  readonly consumerCount: number;
  readonly retentionHours: number;
  readonly shardMetricsOn: boolean;
  /** null until a period of the present shards was read. */
  readonly present: Present | null;
  /** The open shard that uses its tightest limit most in the newest period. */
  readonly hottest: (TightestLimit & { readonly shardId: string }) | null;
  /** The shards that refused records in the newest period, as refusingShardIds names them. */
  readonly refusingShardIds: readonly string[];
  /** null: only the newest period was looked at. */
  readonly history: History | null;
};

/** What a person may set. */
export type AdviceSettings = {
  /** Room above the load that shards shall have, as a share of it: 0.3 is 30 %. */
  readonly headroom: number;
  /** Two neighbours are cold while their peaks together stay below this share of each limit of one shard. */
  readonly coldShare: number;
};

export const ADVICE_SETTINGS: AdviceSettings = { headroom: 0.3, coldShare: 0.5 };
