import type { ShardReading } from './shard-readings.ts';

/**
 * The place, among `firstPlace` .. `lastPlace`, of the shard that must stay visible when they fall together:
 * first those that refuse, then the highest use; unknown comes last.
 */
export function worstPlace(
  readings: readonly ShardReading[],
  firstPlace: number,
  lastPlace: number,
): number {
  let worst = firstPlace;
  for (let place = firstPlace + 1; place <= lastPlace; place += 1) {
    if (badness(readings[place]) > badness(readings[worst])) worst = place;
  }
  return worst;
}

/** Open places ordered from the worst to the least; equal ones keep the order of the ring. */
export function placesByUse(readings: readonly ShardReading[]): readonly number[] {
  return readings
    .map((_, place) => place)
    .sort((a, b) => badness(readings[b]) - badness(readings[a]));
}

/** Above any use that a shard can reach in a period, so that refusing outweighs it. */
const REFUSES = 1e6;

function badness(reading: ShardReading | undefined): number {
  if (reading === undefined) return -1;
  const use = Number.isNaN(reading.tightest.use) ? -1 : reading.tightest.use;
  return reading.throttled ? REFUSES + use : use;
}
