import type { HashKey } from '#lib/domain/hash-key.ts';
import { hashPartitionKey, type KeyProblem, readHashKey } from '#lib/domain/key-lookup.ts';

/** As many keys as are looked up at once. */
export const KEYS_MAX = 1_000;

/** As many as fit into one request, whose input stands in its address. */
export const KEYS_PER_CALL_MAX = 60;

/** How what was typed is to be read: as a partition key, which Kinesis hashes, or as an ExplicitHashKey. */
export type KeyKind = 'partition-key' | 'hash-key';

/** One line of a batch. `hashKey` is null where it is none, and `problem` says why. */
export type BatchKey = {
  readonly text: string;
  readonly hashKey: HashKey | null;
  readonly problem: KeyProblem | null;
};

export type KeyBatch = {
  readonly keys: readonly BatchKey[];
  /** Lines beyond KEYS_MAX, which are left out. */
  readonly leftOut: number;
};

/**
 * One key a line. Lines are taken as they are, with white space at their ends, which is part of a partition key; only
 * line ends and empty lines are no keys.
 */
export function readKeyBatch(text: string, kind: KeyKind): KeyBatch {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line !== '');
  return {
    keys: lines.slice(0, KEYS_MAX).map((line): BatchKey => {
      const found = readKey(line, kind);
      return found.ok
        ? { text: line, hashKey: found.hashKey, problem: null }
        : { text: line, hashKey: null, problem: found.problem };
    }),
    leftOut: Math.max(0, lines.length - KEYS_MAX),
  };
}

export function readKey(text: string, kind: KeyKind) {
  return kind === 'partition-key' ? hashPartitionKey(text) : readHashKey(text);
}

export type ShardCount = { readonly shardId: string; readonly count: number };

/** How many of the keys each shard holds, most first. @param shardIds by key; null where none holds it */
export function countByShard(shardIds: readonly (string | null)[]): readonly ShardCount[] {
  const counts = new Map<string, number>();
  for (const shardId of shardIds) {
    if (shardId !== null) counts.set(shardId, (counts.get(shardId) ?? 0) + 1);
  }
  return [...counts]
    .map(([shardId, count]) => ({ shardId, count }))
    .sort((a, b) => b.count - a.count || (a.shardId < b.shardId ? -1 : 1));
}
