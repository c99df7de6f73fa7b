import type { ShardId } from '#lib/domain/shard.ts';

/** Where an application is to read from. */
export type RewindTarget =
  /** The oldest record that is retained. */
  | { readonly kind: 'trim-horizon' }
  /** What comes after its workers start again: everything before is left out. */
  | { readonly kind: 'latest' }
  /** The first record that arrived at this instant or later, epoch milliseconds on AWS's clock. */
  | { readonly kind: 'time'; readonly atMs: number }
  /** The record after this one, decimal; of one shard. */
  | { readonly kind: 'sequence-number'; readonly sequenceNumber: string }
  /** The leases as they were before another rewind. */
  | { readonly kind: 'restore' };

/**
 * `planned` -> `running` -> `done`, or `broken` where leases had changed meanwhile and were left alone. One that is
 * `running` and has no heartbeat was cut off: it can be finished, or `undone` by a restore.
 */
export type RewindState = 'planned' | 'running' | 'done' | 'broken' | 'undone';

/** `sent`: written, or about to be; only the table tells. `refused`: the lease was not as it was planned with. */
export type RewindStepState = 'waiting' | 'sent' | 'done' | 'refused';

/** What a rewind does to one shard's lease. */
export type RewindEffect = {
  readonly shardId: ShardId;
  /** The checkpoint as the lease has it and will have it; null: there is no lease. */
  readonly from: string | null;
  readonly to: string | null;
  /** When the record arrived from which on it will read, epoch milliseconds; null: not known, or nothing is read. */
  readonly beginsAtMs: number | null;
  /** What will be read again, at least; null where it is not known by shard. 0: it goes forward. */
  readonly againRecords: number | null;
  readonly againBytes: number | null;
};
