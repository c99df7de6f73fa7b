import type { HashKey } from '#lib/domain/hash-key.ts';
import type { LayoutShard } from '#lib/domain/reshard/layout.ts';
import { isLoadUnknown, loadOfRange } from '#lib/domain/reshard/load/load-of-range.ts';
import {
  addReads,
  areReadsBelow,
  NO_READS,
  type ShardReads,
} from '#lib/domain/reshard/load/shard-reads.ts';
import { addRates, type WriteRate, writeUse } from '#lib/domain/reshard/load/write-rate.ts';
import { type PlanOutcome, type Remark, refused } from '#lib/domain/reshard/plan.ts';
import type { GoalContext, GoalOf } from './goal.ts';
import { planToBoundaries } from './plan-to-boundaries.ts';

/** Shards that become one, and what they carry together. */
type Group = {
  readonly shardCount: number;
  /** null: nothing may join, as what is written to it is not known. */
  readonly writes: WriteRate | null;
  /** At least: of shards of which it is not known, nothing is counted. */
  readonly reads: ShardReads;
  readonly readsKnown: boolean;
};

/**
 * Joins neighbours, from the left, for as long as what is written to them and what is read of them together stays below
 * `useMax`: no way to join leaves fewer shards. A shard of which the written load is unknown, or whose readers are
 * refused, is joined with none; where reads are unknown, writes alone decide, and a remark says so.
 */
export function planMergeCold(ctx: GoalContext, { useMax }: GoalOf<'merge-cold'>): PlanOutcome {
  const kept: HashKey[] = [];
  const groups: Group[] = [];
  for (const shard of ctx.layout) {
    const alone = groupOf(ctx, shard);
    const last = groups.at(-1);
    const together = last === undefined ? null : joined(last, alone, useMax);
    if (together !== null) {
      groups[groups.length - 1] = together;
      continue;
    }
    if (last !== undefined) kept.push(shard.range.start);
    groups.push(alone);
  }
  const joinsUnknown = groups.some(({ shardCount, readsKnown }) => shardCount > 1 && !readsKnown);
  const remarks: readonly Remark[] = joinsUnknown ? [{ kind: 'reads-unknown' }] : [];
  return groups.length === ctx.layout.length
    ? refused({ why: 'none-cold', useMax })
    : planToBoundaries(ctx, kept, remarks);
}

function groupOf({ load, reads }: GoalContext, { shardId, range }: LayoutShard): Group {
  const known = reads.get(shardId);
  return {
    shardCount: 1,
    writes: isLoadUnknown(load, range) ? null : loadOfRange(load, range),
    reads: known ?? NO_READS,
    readsKnown: known !== undefined,
  };
}

/** null: together they would carry too much, or it is not known how much. */
function joined(a: Group, b: Group, useMax: number): Group | null {
  if (a.writes === null || b.writes === null) return null;
  const writes = addRates(a.writes, b.writes);
  const reads = addReads(a.reads, b.reads);
  if (writeUse(writes) >= useMax || !areReadsBelow(reads, useMax)) return null;
  return {
    shardCount: a.shardCount + b.shardCount,
    writes,
    reads,
    readsKnown: a.readsKnown && b.readsKnown,
  };
}
