import type { HashKey } from '#lib/domain/hash-key.ts';
import type { RecordOrigin } from '#lib/domain/replay/record.ts';

/** Why the payload of a piece cannot be had, or could not be sent as it was. */
export type PayloadFault =
  /** Not a JSON object, or one without the payload that the format says is there. */
  | 'no-payload'
  | 'bad-base64'
  /** An archived key that Kinesis would not take: empty, or longer than 256 characters. */
  | 'bad-partition-key'
  | 'bad-hash-key';

/** What a piece holds: the payload, and what the format keeps of the record beside it. */
export type Payload = {
  readonly data: Uint8Array;
  readonly partitionKey: string | null;
  readonly explicitHashKey: HashKey | null;
  readonly origin: RecordOrigin;
  /** From 0, where the record had been taken out of an aggregate before it was archived. */
  readonly sub: number | null;
};

const NO_ORIGIN: RecordOrigin = { shardId: null, sequenceNumber: null, arrivalMs: null };

/** A payload of which nothing else is known. */
export function bare(data: Uint8Array): Payload {
  return { data, partitionKey: null, explicitHashKey: null, origin: NO_ORIGIN, sub: null };
}
