import type { HashKey } from '#lib/domain/hash-key.ts';
import { rangeContains } from '#lib/domain/hash-range.ts';
import { type Boundaries, shardCountOf, sidesOf } from '#lib/domain/reshard/boundaries.ts';
import { type Step, stepRange } from '#lib/domain/reshard/step.ts';

/** How a layout differs from the one that was expected: boundaries it lacks, and such as should not be. Ascending. */
export type Difference = { readonly missing: Boundaries; readonly unexpected: Boundaries };

/** Why a job stops for good. */
export type Mismatch =
  /** Our own step gave another layout than it should. */
  | ({ readonly kind: 'wrong-result'; readonly step: number } & Difference)
  /** Kinesis took the call, and nothing has changed since. */
  | { readonly kind: 'no-effect'; readonly step: number }
  | { readonly kind: 'refused'; readonly step: number; readonly message: string | null }
  /** The open shards leave out a hash key or hold it twice, this one first. */
  | { readonly kind: 'ring-fault'; readonly at: HashKey }
  | { readonly kind: 'stream-gone' };

/** Boundaries that are named: a foreign UpdateShardCount moves thousands. */
const NAMED_MAX = 20;

export function differenceOf(expected: Boundaries, found: Boundaries): Difference {
  const sides = sidesOf(expected, found);
  const of = (side: 'old' | 'new') => sides.filter((one) => one.side === side).map(({ at }) => at);
  return { missing: of('old'), unexpected: of('new') };
}

/** The first boundaries of a difference, to be kept and shown. */
export function named({ missing, unexpected }: Difference): Difference {
  return { missing: missing.slice(0, NAMED_MAX), unexpected: unexpected.slice(0, NAMED_MAX) };
}

/**
 * Whether a layout that is neither what was before a step of ours nor what it should give comes from that step, rather
 * than from somebody else: as many shards as expected, and no more than the step's own part of the ring is different.
 * That is all of it for UpdateShardCount, where somebody else is told by another number of shards.
 */
export function isOwnDoing(
  before: Boundaries,
  step: Step,
  expected: Boundaries,
  found: Boundaries,
): boolean {
  if (shardCountOf(expected) !== shardCountOf(found)) return false;
  const { missing, unexpected } = differenceOf(expected, found);
  const range = stepRange(before, step);
  return [...missing, ...unexpected].every((at) => rangeContains(range, at));
}
