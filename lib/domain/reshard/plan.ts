import type { HashKey } from '#lib/domain/hash-key.ts';
import type { HashRange } from '#lib/domain/hash-range.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Boundaries } from './boundaries.ts';
import type { ShardCountFault } from './shard-count-rules.ts';
import type { Step } from './step.ts';
import { textHash } from './text-hash.ts';
import type { Unreachable } from './unreachable.ts';

/** By which operations a plan goes, and why. */
export type Choice =
  | { readonly method: 'boundaries'; readonly because: 'not-uniform' }
  /** Splits and merges are as few as the calls of UpdateShardCount would be, and spend none of the day's. */
  | {
      readonly method: 'boundaries';
      readonly because: 'as-few-operations';
      readonly operations: number;
      readonly calls: number;
    }
  | {
      readonly method: 'boundaries';
      readonly because: 'calls-used-up';
      readonly operations: number;
      readonly calls: number;
      readonly callsLeft: number;
    }
  /** UpdateShardCount holds the shards of both layouts for a time: more than may be open. */
  | {
      readonly method: 'boundaries';
      readonly because: 'calls-peak';
      readonly operations: number;
      readonly peakOfCalls: number;
    }
  | {
      readonly method: 'update-shard-count';
      readonly because: 'uniform';
      readonly operations: number;
      readonly calls: number;
    };

/** What somebody who approves a plan has to know, beside its figures. Uses are of one shard's tighter write limit. */
export type Remark =
  /** All this load lies on one key, or on two beside each other: no cut spreads it. */
  | { readonly kind: 'key-too-hot'; readonly at: HashKey; readonly use: number }
  /** The load within this range is not known, only its sum: it was taken to be even. */
  | { readonly kind: 'taken-as-even'; readonly range: HashRange }
  | { readonly kind: 'split-does-little'; readonly before: number; readonly after: number }
  | { readonly kind: 'joined-first'; readonly boundaries: Boundaries }
  /** The target cannot be met: the busiest shard will still be at `use`. */
  | { readonly kind: 'above-target'; readonly target: number; readonly use: number }
  /** A partition of so many shards is coarser than was asked for, as there is no place to cut. */
  | { readonly kind: 'fewer-shards'; readonly wanted: number; readonly planned: number }
  /** Shards are joined of which it is not known how much is read. */
  | { readonly kind: 'reads-unknown' };

/** A way from the present partition to another, as data. */
export type ReshardPlan = {
  readonly from: Boundaries;
  readonly to: Boundaries;
  readonly steps: readonly Step[];
  /** The most shards that are open at a time. */
  readonly peakShards: number;
  readonly choice: Choice;
  readonly remarks: readonly Remark[];
};

/** Why there is no plan. Words for it are in lib/reshard. */
export type Refusal =
  | { readonly why: 'on-demand' }
  | { readonly why: 'nothing-to-do' }
  | { readonly why: 'no-such-shard'; readonly shardId: ShardId }
  | { readonly why: 'too-narrow'; readonly shardId: ShardId }
  | {
      readonly why: 'cannot-split-there';
      readonly shardId: ShardId;
      readonly range: HashRange;
      readonly at: HashKey;
    }
  | { readonly why: 'not-neighbours'; readonly shardIds: readonly [ShardId, ShardId] }
  | {
      readonly why: 'bad-shard-count';
      readonly count: number;
      readonly fault: ShardCountFault;
    }
  | { readonly why: 'bad-boundaries' }
  | { readonly why: 'load-unknown'; readonly ranges: readonly HashRange[] }
  | { readonly why: 'no-load' }
  | { readonly why: 'already-alone'; readonly shardId: ShardId }
  | { readonly why: 'none-cold'; readonly useMax: number }
  | { readonly why: 'unreachable-boundaries'; readonly unreachable: readonly Unreachable[] }
  | { readonly why: 'peak-too-low'; readonly peakShardsMax: number; readonly smallest: number };

export type PlanOutcome =
  | { readonly ok: true; readonly plan: ReshardPlan }
  | { readonly ok: false; readonly refusal: Refusal };

export function refused(refusal: Refusal): PlanOutcome {
  return { ok: false, refusal };
}

/** Text that is another one as soon as a plan's steps or its beginning are. */
export function planFingerprint({ from, steps }: Pick<ReshardPlan, 'from' | 'steps'>): string {
  const texts = steps.map((step) =>
    step.kind === 'update-shard-count' ? `${step.kind} ${step.count}` : `${step.kind} ${step.at}`,
  );
  return textHash([...from.map(String), ...texts]);
}
