import { type HashKey, hashKey } from '#lib/domain/hash-key.ts';
import type { ReshardPlan } from '#lib/domain/reshard/plan.ts';
import type { Step } from '#lib/domain/reshard/step.ts';
import type { StoredReshardPlan } from '#server/db/schema.ts';

/** A plan as it is stored. @param words its choice and remarks as sentences */
export function storedPlanOf(
  { from, to, steps, peakShards }: ReshardPlan,
  words: Pick<StoredReshardPlan, 'choice' | 'remarks'>,
): StoredReshardPlan {
  return {
    from: from.map(String),
    to: to.map(String),
    steps: steps.map((step) =>
      step.kind === 'update-shard-count' ? { ...step } : { kind: step.kind, at: String(step.at) },
    ),
    peakShards,
    ...words,
  };
}

/** @throws RangeError, SyntaxError where what is stored is no plan */
export function planOfStored({
  from,
  to,
  steps,
}: StoredReshardPlan): Pick<ReshardPlan, 'from' | 'to' | 'steps'> {
  return { from: from.map(keyOf), to: to.map(keyOf), steps: steps.map(stepOf) };
}

function stepOf({ kind, at, count }: StoredReshardPlan['steps'][number]): Step {
  if (kind !== 'update-shard-count') return { kind, at: keyOf(at ?? '') };
  if (count === undefined) throw new RangeError('A stored step of UpdateShardCount has no count');
  return { kind, count };
}

function keyOf(text: string): HashKey {
  if (text === '') throw new RangeError('A stored step has no hash key');
  return hashKey(BigInt(text));
}
