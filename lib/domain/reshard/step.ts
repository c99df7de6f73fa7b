import type { HashKey } from '#lib/domain/hash-key.ts';
import { canSplitAt, type HashRange, WHOLE_RING } from '#lib/domain/hash-range.ts';
import {
  type Boundaries,
  hasBoundary,
  placeOf,
  rangeAtPlace,
  shardCountOf,
  uniformBoundaries,
} from './boundaries.ts';
import { shardCountFaultOf } from './shard-count-rules.ts';

/** Adds the boundary `at`: SplitShard of the shard that holds it, with `at` as NewStartingHashKey. */
type SplitStep = { readonly kind: 'split'; readonly at: HashKey };

/** Takes the boundary `at` away: MergeShards of the shard that ends before it and the one that begins there. */
type MergeStep = { readonly kind: 'merge'; readonly at: HashKey };

/** UpdateShardCount: `count` equal ranges, whatever was before. */
type ShardCountStep = { readonly kind: 'update-shard-count'; readonly count: number };

export type BoundaryStep = SplitStep | MergeStep;

/**
 * One call of Kinesis as data. It names places on the ring and no shards: their ids are known only when the steps
 * before it are done.
 */
export type Step = BoundaryStep | ShardCountStep;

/** Why Kinesis would refuse a step; null where it takes it. */
export type StepFault =
  | 'splits-too-close'
  | 'no-such-boundary'
  | 'boundary-is-there'
  | 'beyond-shard-count-rules';

export function stepFault(before: Boundaries, step: Step): StepFault | null {
  switch (step.kind) {
    case 'split':
      if (hasBoundary(before, step.at)) return 'boundary-is-there';
      return canSplitAt(rangeAtPlace(before, placeOf(before, step.at)), step.at)
        ? null
        : 'splits-too-close';
    case 'merge':
      return hasBoundary(before, step.at) ? null : 'no-such-boundary';
    case 'update-shard-count':
      return shardCountFaultOf(shardCountOf(before), step.count) === null
        ? null
        : 'beyond-shard-count-rules';
  }
}

/**
 * The partition that a step gives.
 * @throws RangeError where Kinesis would refuse the step
 */
export function boundariesAfter(before: Boundaries, step: Step): Boundaries {
  const fault = stepFault(before, step);
  if (fault !== null) throw new RangeError(`A ${step.kind} that Kinesis would refuse: ${fault}`);
  if (step.kind === 'update-shard-count') return uniformBoundaries(step.count);
  const place = placeOf(before, step.at);
  return step.kind === 'split'
    ? before.toSpliced(place, 0, step.at)
    : before.toSpliced(place - 1, 1);
}

/**
 * The partition after the first `done` of `steps`, which are taken to be a plan's: what the executor expects to find.
 * One pass, so that the last of 20,000 steps costs no more than the first.
 */
export function boundariesAfterSteps(
  start: Boundaries,
  steps: readonly Step[],
  done = steps.length,
): Boundaries {
  let present = new Set<HashKey>(start);
  for (const step of steps.slice(0, done)) {
    if (step.kind === 'split') present.add(step.at);
    else if (step.kind === 'merge') present.delete(step.at);
    else present = new Set(uniformBoundaries(step.count));
  }
  return [...present].sort((a, b) => (a < b ? -1 : 1));
}

/** Whether a step makes fewer shards: whoever reads them has to read more than one parent of a shard to its end. */
export function joinsShards(before: Boundaries, step: Step): boolean {
  return step.kind === 'update-shard-count'
    ? step.count < shardCountOf(before)
    : step.kind === 'merge';
}

/** The part of the ring that a step changes: the shard that is split, both that are merged, all for a shard count. */
export function stepRange(before: Boundaries, step: Step): HashRange {
  if (step.kind === 'update-shard-count') return WHOLE_RING;
  const place = placeOf(before, step.at);
  if (step.kind === 'split') return rangeAtPlace(before, place);
  return { start: rangeAtPlace(before, place - 1).start, end: rangeAtPlace(before, place).end };
}
