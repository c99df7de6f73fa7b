import { type HashKey, parseHashKey } from '#lib/domain/hash-key.ts';
import type { Goal } from '#lib/domain/reshard/goals/goal.ts';

/** A goal on the wire: hash keys as decimal text. */
export type GoalInput =
  | {
      readonly kind: 'split-shard';
      readonly shardId: string;
      readonly cut:
        | { readonly by: 'middle' }
        | { readonly by: 'load-median' }
        | { readonly by: 'hash-key'; readonly at: string };
    }
  | { readonly kind: 'merge-shards'; readonly shardIds: readonly [string, string] }
  | { readonly kind: 'scale-to-count'; readonly count: number }
  | { readonly kind: 'scale-to-fit'; readonly headroom: number }
  | { readonly kind: 'rebalance'; readonly count: number; readonly slack: number }
  | { readonly kind: 'isolate-key'; readonly at: string }
  | { readonly kind: 'merge-cold'; readonly useMax: number }
  | { readonly kind: 'boundaries'; readonly boundaries: readonly string[] }
  /** The layout that the stream had before a reshard that was done from here, or was to have after it. */
  | { readonly kind: 'of-job'; readonly jobId: number; readonly layout: 'before' | 'after' };

/** A goal that says all by itself: what is of a job has to be looked up. */
export type PlainGoalInput = Exclude<GoalInput, { readonly kind: 'of-job' }>;

/** @returns null where a hash key cannot be read */
export function goalOfInput(input: PlainGoalInput): Goal | null {
  switch (input.kind) {
    case 'split-shard': {
      const { kind, shardId, cut } = input;
      if (cut.by !== 'hash-key') return { kind, shardId, cut };
      const at = parseHashKey(cut.at);
      return at === null ? null : { kind, shardId, cut: { by: cut.by, at } };
    }
    case 'isolate-key': {
      const at = parseHashKey(input.at);
      return at === null ? null : { kind: input.kind, at };
    }
    case 'boundaries': {
      const boundaries: HashKey[] = [];
      for (const text of input.boundaries) {
        const key = parseHashKey(text);
        if (key === null) return null;
        boundaries.push(key);
      }
      return { kind: input.kind, boundaries };
    }
    default:
      return input;
  }
}
