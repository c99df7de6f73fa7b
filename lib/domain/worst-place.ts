import type { ShardMark } from './shard-mark.ts';

/**
 * The place, among `firstPlace` .. `lastPlace`, of the mark that must stay visible when they fall together:
 * first those that refuse, then the highest use; unknown comes last.
 */
export function worstPlace(
  marks: readonly ShardMark[],
  firstPlace: number,
  lastPlace: number,
): number {
  let worst = firstPlace;
  for (let place = firstPlace + 1; place <= lastPlace; place += 1) {
    if (badness(marks[place]) > badness(marks[worst])) worst = place;
  }
  return worst;
}

/** All places ordered from the worst to the least; equal ones keep their order. */
export function placesByUse(marks: readonly ShardMark[]): readonly number[] {
  return marks.map((_, place) => place).sort((a, b) => badness(marks[b]) - badness(marks[a]));
}

/** Above any use that a shard can reach in a period, so that refusing outweighs it. */
const REFUSES = 1e6;

function badness(mark: ShardMark | undefined): number {
  if (mark === undefined) return -1;
  const use = Number.isNaN(mark.use) ? -1 : mark.use;
  return mark.throttled ? REFUSES + use : use;
}
