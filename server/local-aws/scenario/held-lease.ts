import { parseSequenceNumber } from '#lib/domain/sequence-number.ts';
import type { GetAnswer, KinesisClientPort, Position } from './kinesis-client-port.ts';
import { ClientFault } from './kinesis-client-port.ts';
import { type Lease, TRIM_HORIZON } from './lease.ts';

/** A lease that a worker holds, and how far it has read under it. */
export type HeldLease = {
  /** As it was last written to the table by this worker. */
  lease: Lease;
  /** Last sequence number that was processed, or the checkpoint at which the lease was taken. */
  processed: string;
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
    processed: lease.checkpoint,
    iterator: null,
    nextCheckpointMs,
    readBytes: 0,
    end: null,
  };
}

/**
 * Reads once under the lease, at most `limit` records.
 * @returns how many records were processed.
 * @throws ClientFault but for an expired iterator and a throttle: the next poll simply tries again.
 */
export async function pollLease(
  held: HeldLease,
  streamName: string,
  client: KinesisClientPort,
  limit: number,
): Promise<number> {
  try {
    held.iterator ??= await client.getShardIterator(
      streamName,
      held.lease.leaseKey,
      positionOf(held.processed),
    );
    const answer = await client.getRecords(held.iterator, limit);
    const last = answer.records.at(-1);
    if (last !== undefined) {
      held.processed = String(last.sequenceNumber);
    }
    for (const { data } of answer.records) {
      held.readBytes += data.length;
    }
    held.iterator = answer.nextIterator;
    if (answer.nextIterator === null) {
      held.end = answer.childShards;
    }
    return answer.records.length;
  } catch (error) {
    if (error instanceof ClientFault && error.kind === 'throttled') {
      return 0;
    }
    held.iterator = null;
    if (error instanceof ClientFault && error.kind === 'iterator-expired') {
      return 0;
    }
    throw error;
  }
}

function positionOf(checkpoint: string): Position {
  const sequenceNumber = checkpoint === TRIM_HORIZON ? null : parseSequenceNumber(checkpoint);
  return sequenceNumber === null
    ? { type: 'TRIM_HORIZON' }
    : { type: 'AFTER_SEQUENCE_NUMBER', sequenceNumber };
}
