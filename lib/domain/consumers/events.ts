import type { ShardId } from '#lib/domain/shard.ts';
import type { ConsumerStatus } from './status.ts';

/** Something that happened to an application. `atMs`: when it was seen, epoch milliseconds on AWS's clock. */
export type ConsumerEvent = { readonly atMs: number; readonly shardId: ShardId | null } & (
  | {
      readonly kind: 'owner-changed';
      readonly from: string | null;
      readonly to: string | null;
    }
  | { readonly kind: 'handoff-began'; readonly from: string; readonly to: string | null }
  | { readonly kind: 'lease-created'; readonly owner: string | null }
  /** Its row went away before the shard was worked off. */
  | { readonly kind: 'lease-lost'; readonly owner: string | null }
  | { readonly kind: 'shard-finished'; readonly owner: string | null }
  /** Record times, epoch milliseconds; null where the checkpoint carries none. */
  | {
      readonly kind: 'rewound';
      readonly fromRecordMs: number | null;
      readonly toRecordMs: number | null;
    }
  /** Of a lease, or of the application as a whole (`shardId` null). */
  | {
      readonly kind: 'status-changed';
      readonly from: ConsumerStatus | null;
      readonly to: ConsumerStatus;
    }
  /** More happened at once than is worth a line each. */
  | {
      readonly kind: 'more';
      readonly of: Exclude<ConsumerEvent['kind'], 'more'>;
      readonly count: number;
    }
);
