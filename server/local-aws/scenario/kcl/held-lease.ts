import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import {
  ClientFault,
  type GetAnswer,
  type KinesisClientPort,
  type Position,
} from '#server/local-aws/scenario/kinesis-client-port.ts';
import type { StartAt } from './consumer-plan.ts';
import { AT_TIMESTAMP, LATEST, type Lease, TRIM_HORIZON } from './lease.ts';

/** How far a reader has come. */
export type Place = {
  /** Last sequence number that was processed, or the checkpoint at which the lease was taken. */
  readonly checkpoint: string;
  /** When that record arrived; null where this reader has processed none. */
  readonly arrivalMs: number | null;
};

/** A lease that a worker holds, and how far it has read under it. */
export type HeldLease = {
  /** As the table has it, to this worker's knowledge. */
  lease: Lease;
  processed: Place;
  /** Written as pending, and to be committed at the next read. */
  prepared: Place | null;
  iterator: string | null;
  nextCheckpointMs: number;
  /** Bytes processed since the last renewal. */
  readBytes: number;
  /** At the end of the shard: what follows it. */
  end: GetAnswer['childShards'] | null;
};

export function holdLease(lease: Lease, nextCheckpointMs: number): HeldLease {
  return {
    lease,
    processed: { checkpoint: lease.checkpoint, arrivalMs: null },
    prepared: null,
    iterator: null,
    nextCheckpointMs,
    readBytes: 0,
    end: null,
  };
}

export type Poll =
  | { readonly kind: 'read'; readonly records: number }
  /** The stream has no such shard. */
  | { readonly kind: 'no-such-shard' };

/**
 * Reads once under the lease, at most `limit` records. A checkpoint that is no place reads nothing, ever: the library
 * fails on it again and again.
 * @throws ClientFault but for an expired iterator, a throttle (the next poll simply tries again), a place that the
 * shard does not have, and a missing shard.
 */
export async function pollLease(
  held: HeldLease,
  from: {
    readonly streamName: string;
    readonly startAt: StartAt;
    readonly client: KinesisClientPort;
  },
  limit: number,
): Promise<Poll> {
  const { streamName, client } = from;
  try {
    const position = positionOf(held.processed.checkpoint, from.startAt);
    if (position === null) return { kind: 'read', records: 0 };
    held.iterator ??= await client.getShardIterator(streamName, held.lease.shardId, position);
    const answer = await client.getRecords(held.iterator, limit);
    const last = answer.records.at(-1);
    if (last !== undefined) {
      held.processed = { checkpoint: String(last.sequenceNumber), arrivalMs: last.arrivalMs };
    }
    for (const { data } of answer.records) {
      held.readBytes += data.length;
    }
    held.iterator = answer.nextIterator;
    if (answer.nextIterator === null) {
      held.end = answer.childShards;
    }
    return { kind: 'read', records: answer.records.length };
  } catch (error) {
    const fault = error instanceof ClientFault ? error.kind : null;
    if (fault === 'throttled') return { kind: 'read', records: 0 };
    held.iterator = null;
    if (fault === 'iterator-expired' || fault === 'invalid') return { kind: 'read', records: 0 };
    if (fault === 'not-found') return { kind: 'no-such-shard' };
    throw error;
  }
}

function positionOf(checkpoint: string, startAt: StartAt): Position | null {
  switch (checkpoint) {
    case TRIM_HORIZON:
      return { type: 'TRIM_HORIZON' };
    case LATEST:
      return { type: 'LATEST' };
    case AT_TIMESTAMP:
      // The lease does not keep the time; the application's configuration does.
      return startAt.type === 'AT_TIMESTAMP' ? startAt : null;
    default: {
      const sequenceNumber = parseSequenceNumber(checkpoint);
      return sequenceNumber === null ? null : { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber };
    }
  }
}
