/** For tests: numbers from 0 up to, not including, 1; of one seed the same each time (a linear congruence). */
export function seededChances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
