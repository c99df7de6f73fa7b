import { HASH_KEY_SPACE, hashKey } from '#lib/domain/hash-key.ts';
import {
  type Boundaries,
  shardCountOf,
  uniformBoundaries,
} from '#lib/domain/reshard/boundaries.ts';
import { boundariesAfter, type Step, stepFault } from '#lib/domain/reshard/step.ts';

/** Each so many steps one is UpdateShardCount, of which a stream has ten a day. */
const COUNT_EVERY = 7;
const SHARDS_MAX = 12;

/** `count` steps that mix splits, merges and UpdateShardCount, each of which Kinesis takes after those before it. */
export function mixedSteps(start: Boundaries, count: number, random: () => number): Step[] {
  const steps: Step[] = [];
  let state = start;
  while (steps.length < count) {
    const step = oneStep(state, steps.length, random);
    if (stepFault(state, step) !== null) continue;
    const next = boundariesAfter(state, step);
    // A call that changes nothing has no effect by which it could be told.
    if (next.join() === state.join()) continue;
    steps.push(step);
    state = next;
  }
  return steps;
}

function oneStep(state: Boundaries, number: number, random: () => number): Step {
  const shards = shardCountOf(state);
  if (number % COUNT_EVERY === COUNT_EVERY - 1) {
    const count = Math.max(1, Math.min(SHARDS_MAX, Math.ceil(shards * (0.5 + 1.5 * random()))));
    return { kind: 'update-shard-count', count };
  }
  const merged = state[Math.floor(random() * state.length)];
  const merges = merged !== undefined && (shards >= SHARDS_MAX || random() < 0.4);
  if (merges) return { kind: 'merge', at: merged };
  const parts = 1_000_000;
  const at = (HASH_KEY_SPACE * BigInt(1 + Math.floor(random() * (parts - 1)))) / BigInt(parts);
  return { kind: 'split', at: hashKey(at) };
}

export const START = uniformBoundaries(3);
