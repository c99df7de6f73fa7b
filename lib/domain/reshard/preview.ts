import type { HashRange } from '#lib/domain/hash-range.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { type MonthlyPrice, monthlyPrice } from '#lib/domain/stream-price.ts';
import {
  type Boundaries,
  rangesOf,
  shardCountOf,
  sidesOf,
  uniformBoundaries,
} from './boundaries.ts';
import { type DurationEstimate, estimateDuration, type MeasuredDurations } from './duration.ts';
import { type Layout, layoutFingerprint } from './layout.ts';
import type { LoadEstimate } from './load/load-estimate.ts';
import { isLoadUnknown, loadOfRange } from './load/load-of-range.ts';
import { type WriteRate, writeUse } from './load/write-rate.ts';
import type { ReshardPlan } from './plan.ts';

/** A shard before or after a plan, with what it takes by the estimate; null: unknown. */
export type PreviewShard = {
  readonly range: HashRange;
  /** null: it does not exist yet. */
  readonly shardId: ShardId | null;
  readonly rate: WriteRate | null;
  /** Of the tighter write limit. */
  readonly use: number | null;
};

/** What a plan comes to, before it is approved. */
export type Preview = {
  /** Of the present layout: a plan is carried out only while the layout still has it. */
  readonly fingerprint: string;
  readonly present: readonly PreviewShard[];
  readonly planned: readonly PreviewShard[];
  /** The highest use; null where a shard's is not known. */
  readonly busiestUse: { readonly before: number | null; readonly after: number | null };
  readonly shards: {
    readonly before: number;
    readonly after: number;
    readonly peak: number;
    /** What the account's quota allows the stream. */
    readonly peakMax: number;
  };
  readonly operations: {
    readonly splits: number;
    readonly merges: number;
    readonly shardCountCalls: number;
  };
  /** US dollars a month by list price, for shards alone: what is charged by use stays. */
  readonly price: { readonly before: MonthlyPrice; readonly after: MonthlyPrice };
  readonly duration: DurationEstimate;
  /**
   * Leases of each consumer application: at present one an open shard; shards that are closed keep theirs until they
   * are read to the end, and each new one gets one.
   */
  readonly leases: { readonly now: number; readonly atMost: number };
  /** Shards that the plan creates. An application that is new and starts at LATEST may miss what is in them by then. */
  readonly createdShards: number;
};

export type PreviewContext = {
  readonly layout: Layout;
  readonly streamCreatedAtMs: number;
  readonly load: LoadEstimate;
  readonly peakShardsMax: number;
  readonly retentionHours: number;
  readonly measured: MeasuredDurations;
};

export function previewOf(plan: ReshardPlan, ctx: PreviewContext): Preview {
  const idOf = new Map(ctx.layout.map(({ shardId, range }) => [range.start, { shardId, range }]));
  const present = ctx.layout.map(({ shardId, range }) => previewShard(ctx.load, range, shardId));
  const planned = rangesOf(plan.to).map((range) => {
    const kept = idOf.get(range.start);
    return previewShard(ctx.load, range, kept?.range.end === range.end ? kept.shardId : null);
  });
  const [before, after] = [shardCountOf(plan.from), shardCountOf(plan.to)];
  const created = createdShards(plan);
  return {
    fingerprint: layoutFingerprint(ctx.layout, ctx.streamCreatedAtMs),
    present,
    planned,
    busiestUse: { before: busiest(present), after: busiest(planned) },
    shards: { before, after, peak: plan.peakShards, peakMax: ctx.peakShardsMax },
    operations: {
      splits: plan.steps.filter(({ kind }) => kind === 'split').length,
      merges: plan.steps.filter(({ kind }) => kind === 'merge').length,
      shardCountCalls: plan.steps.filter(({ kind }) => kind === 'update-shard-count').length,
    },
    price: { before: priceOf(before, ctx), after: priceOf(after, ctx) },
    duration: estimateDuration(plan.steps, ctx.measured),
    leases: { now: before, atMost: before + created },
    createdShards: created,
  };
}

function previewShard(load: LoadEstimate, range: HashRange, shardId: ShardId | null): PreviewShard {
  if (isLoadUnknown(load, range)) return { range, shardId, rate: null, use: null };
  const rate = loadOfRange(load, range);
  return { range, shardId, rate, use: writeUse(rate) };
}

function busiest(shards: readonly PreviewShard[]): number | null {
  let most = 0;
  for (const { use } of shards) {
    if (use === null) return null;
    most = Math.max(most, use);
  }
  return most;
}

function priceOf(shardCount: number, { retentionHours }: PreviewContext): MonthlyPrice {
  return monthlyPrice({ mode: 'PROVISIONED', shardCount, retentionHours });
}

/** A split makes two shards, a merge one; UpdateShardCount does both, the short-lived ones included. */
function createdShards({ from, steps }: ReshardPlan): number {
  let created = 0;
  let present: Boundaries | null = null;
  for (const step of steps) {
    if (step.kind === 'split') created += 2;
    else if (step.kind === 'merge') created += 1;
    else {
      const next = uniformBoundaries(step.count);
      const sides = sidesOf(present ?? from, next);
      for (const { side } of sides) created += side === 'new' ? 2 : side === 'old' ? 1 : 0;
      present = next;
    }
  }
  return created;
}
