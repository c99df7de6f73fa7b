import type { HashKey } from '#lib/domain/hash-key.ts';
import type { Position } from '#lib/domain/replay/job/position.ts';
import type { ReplayRecord } from '#lib/domain/replay/record.ts';

/** As far as a replay promises to keep the order of the archive. Reference, section 3. */
export const REPLAY_ORDERS = ['none', 'per-key', 'strict'] as const;
export type ReplayOrder = (typeof REPLAY_ORDERS)[number];

/** What has to be known of a record to send it. */
export type Sendable = Position & {
  readonly partitionKey: string;
  /** Where it goes: its explicit hash key, else that of its partition key. */
  readonly hashKey: HashKey;
  /** Data and partition key, as Kinesis counts them. */
  readonly bytes: number;
  /** Where it lies on the replay's own axis of time (`PlayTime`), milliseconds. */
  readonly playMs: number;
};

/** With what is sent of it. */
export type SendableRecord = Sendable & { readonly record: ReplayRecord };

/**
 * @param at the object's place in the manifest, and the record's on the axis of time
 * @param hashKeyOf the hash key of a partition key
 * @param keyBytes the length of a partition key in UTF-8
 */
export function sendableOf(
  record: ReplayRecord,
  at: { readonly object: number; readonly playMs: number },
  hashKeyOf: (partitionKey: string) => HashKey,
  keyBytes: (partitionKey: string) => number,
): SendableRecord {
  const { partitionKey, explicitHashKey, data, place } = record;
  return {
    object: at.object,
    ordinal: place.ordinal,
    partitionKey,
    hashKey: explicitHashKey ?? hashKeyOf(partitionKey),
    bytes: data.length + keyBytes(partitionKey),
    playMs: at.playMs,
    record,
  };
}

/**
 * Records of one chain are sent one after the other, each when the one before is acknowledged. Null: whenever it likes.
 * By partition key and not by hash key, which an aggregate may give each of its records anew.
 */
export function chainOf(record: Sendable, order: ReplayOrder): string | null {
  switch (order) {
    case 'none':
      return null;
    case 'per-key':
      return record.partitionKey;
    case 'strict':
      return '';
  }
}
