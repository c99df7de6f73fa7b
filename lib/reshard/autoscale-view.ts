import type { Backtest } from '#lib/domain/reshard/autoscale/backtest.ts';
import type { KeptDecision } from '#lib/domain/reshard/autoscale/fold-decisions.ts';
import type { AutoscaleMode, AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';

/** The policy of a stream with what it decided, the newest first. Times are epoch milliseconds on the database's clock. */
export type AutoscaleView = {
  readonly readAtMs: number;
  readonly policy: AutoscalePolicyView;
  readonly decisions: readonly DecisionView[];
  /** There are older ones than those. */
  readonly hasMore: boolean;
  /** What can be applied now: the newest decision, where it proposes something. */
  readonly open: DecisionView | null;
};

export type AutoscalePolicyView = {
  readonly mode: AutoscaleMode;
  readonly settings: AutoscalePolicy;
  /** null: it was never set, and the settings are what is suggested. */
  readonly set: {
    readonly revision: number;
    readonly by: string;
    readonly atMs: number;
    /** When it decides next. */
    readonly dueAtMs: number;
  } | null;
};

export type DecisionView = KeptDecision & {
  readonly id: number;
  readonly jobId: number | null;
  readonly appliedBy: string | null;
  readonly proposal: ProposalView | null;
};

/** A reshard that was planned, in words and figures. */
export type ProposalView = {
  /** Who applies it says which plan was seen. */
  readonly planFingerprint: string;
  readonly needsName: boolean;
  readonly shardsBefore: number;
  readonly shardsAfter: number;
  readonly stepCount: number;
  readonly choice: string;
  readonly remarks: readonly string[];
  readonly durationWords: string;
  /** Of the busiest shard by the load that it was planned by; null: not known. */
  readonly useBefore: number | null;
  readonly useAfter: number | null;
  readonly dollarsAMonthBefore: number;
  readonly dollarsAMonthAfter: number;
};

/** What a policy would have done over recorded periods; lists run beside `periodStartMs`. */
export type BacktestView = Omit<Backtest, 'shardCounts'> & {
  readonly periodSeconds: number;
  readonly periodStartMs: readonly number[];
  /** What was written, in shards that it would have filled; null: no datapoint. */
  readonly loadShards: readonly (number | null)[];
  readonly recordedShards: readonly number[];
  readonly policyShards: readonly number[];
};
