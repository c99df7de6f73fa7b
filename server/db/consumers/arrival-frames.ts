import { and, gt, type SQL, sql } from 'drizzle-orm';
import { unpackFloats } from '#lib/domain/frame.ts';
import { SHARD_METRICS, STREAM_METRICS } from '#lib/domain/shard-metric.ts';
import type { Database } from '#server/db/client.ts';
import { type HistoryWindow, inWindow } from '#server/db/read/history-frames.ts';
import { frame } from '#server/db/schema.ts';

/** IncomingBytes and IncomingRecords of one period and topology. NaN: no datapoint. */
export type ArrivalFrame = {
  readonly periodStartMs: number;
  readonly topologyId: number;
  readonly seq: number;
  readonly streamBytes: number;
  readonly streamRecords: number;
  /** By the open shards of the topology in range order; empty where shard-level metrics were off. */
  readonly shardBytes: Float32Array;
  readonly shardRecords: Float32Array;
};

/** The first two of each set are what arrived: no more of a frame is asked for. */
const FIRST_TWO = ['IncomingBytes', 'IncomingRecords'] as const;
const [BYTES, RECORDS] = FIRST_TWO;
if (
  SHARD_METRICS[0] !== BYTES ||
  SHARD_METRICS[1] !== RECORDS ||
  STREAM_METRICS[0] !== BYTES ||
  STREAM_METRICS[1] !== RECORDS
) {
  throw new Error('What arrived no longer stands first in a frame: readArrivalFrames reads others');
}

/** Frames of one length of period, oldest first: those that begin in the window, and were written after `seq`. */
export async function readArrivalFrames(
  { db }: Database,
  window: HistoryWindow & {
    /** null: all of them. */
    readonly afterSeq: number | null;
  },
): Promise<readonly ArrivalFrame[]> {
  const newer: SQL | undefined =
    window.afterSeq === null ? undefined : gt(frame.seq, window.afterSeq);
  const rows = await db
    .select({
      periodStart: frame.periodStart,
      topologyId: frame.topologyId,
      seq: frame.seq,
      ofStream: sql<Buffer>`substring(${frame.streamValues} from 1 for 8)`,
      // Two of seven columns of four bytes.
      ofShards: sql<Buffer>`substring(${frame.shardValues} from 1 for octet_length(${frame.shardValues}) / ${SHARD_METRICS.length} * 2)`,
    })
    .from(frame)
    .where(and(inWindow(window), newer))
    .orderBy(frame.periodStart, frame.topologyId);
  return rows.map(({ periodStart, topologyId, seq, ofStream, ofShards }) => {
    const [streamBytes = Number.NaN, streamRecords = Number.NaN] = unpackFloats(ofStream);
    const values = unpackFloats(ofShards);
    return {
      periodStartMs: periodStart.getTime(),
      topologyId,
      seq,
      streamBytes,
      streamRecords,
      shardBytes: values.subarray(0, values.length / 2),
      shardRecords: values.subarray(values.length / 2),
    };
  });
}
