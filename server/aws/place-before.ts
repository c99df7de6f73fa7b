import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Caller } from './call.ts';
import { type RateBudget, rateBudget } from './rate-budget.ts';

/** Where in a shard a reader stands who is to begin at an instant. */
export type PlaceBefore = {
  /** The last record before it, decimal; null: none is retained, so the oldest is where to begin. */
  readonly sequenceNumber: string | null;
  /** When the first record arrived that is read from there, epoch milliseconds; null: there is none yet. */
  readonly beginsAtMs: number | null;
};

/** How far before the instant a record is looked for, step by step: on a busy shard the first finds one. */
const DAY_MS = 86_400_000;
const LOOK_BACK_MS = [1_000, 15_000, 300_000, 3_600_000, DAY_MS, 7 * DAY_MS, 366 * DAY_MS];
const RECORDS_PER_CALL = 1_000;
/** So many calls a step: then the last record that was found will do. It lies before the instant, if not closest. */
const CALLS_PER_STEP = 6;
/** Reads a second that a shard allows to all its readers together (reference section 1). */
const READS_PER_SECOND = 5;

export type PlacedShard = {
  readonly streamArn: string;
  readonly shardId: ShardId;
  /** Nothing is looked for before it; null: not known. */
  readonly createdMs: number | null;
};

/**
 * Finds the last record that arrived before `atMs`. It reads records: each call takes one of the shard's five reads a
 * second, and counts in the stream's GetRecords.IteratorAgeMilliseconds. @throws AwsFailure
 */
export async function placeBefore(
  kinesis: KinesisClient,
  caller: Caller,
  shard: PlacedShard,
  atMs: number,
  signal: AbortSignal,
  quotaShare: number,
): Promise<PlaceBefore> {
  const reads = rateBudget(READS_PER_SECOND * quotaShare);
  let beginsAtMs: number | null = null;
  for (const backMs of LOOK_BACK_MS) {
    const span = { fromMs: atMs - backMs, atMs };
    const found = await lookFrom(kinesis, caller, reads, shard, span, signal);
    beginsAtMs ??= found.beginsAtMs;
    if (found.sequenceNumber !== null) return { sequenceNumber: found.sequenceNumber, beginsAtMs };
    if (shard.createdMs !== null && span.fromMs <= shard.createdMs) break;
  }
  return { sequenceNumber: null, beginsAtMs };
}

async function lookFrom(
  kinesis: KinesisClient,
  caller: Caller,
  reads: RateBudget,
  { streamArn, shardId }: PlacedShard,
  { fromMs, atMs }: { readonly fromMs: number; readonly atMs: number },
  signal: AbortSignal,
): Promise<PlaceBefore> {
  const { ShardIterator: first } = await caller.call(
    'kinesis:GetShardIterator',
    signal,
    (abortSignal) =>
      kinesis.send(
        new GetShardIteratorCommand({
          StreamARN: streamArn,
          ShardId: shardId,
          ShardIteratorType: 'AT_TIMESTAMP',
          Timestamp: new Date(fromMs),
        }),
        { abortSignal },
      ),
  );
  let iterator = first;
  let sequenceNumber: string | null = null;
  for (let call = 0; call < CALLS_PER_STEP && iterator !== undefined; call += 1) {
    await reads.take(1, signal);
    const request = { StreamARN: streamArn, ShardIterator: iterator, Limit: RECORDS_PER_CALL };
    const page = await caller.call('kinesis:GetRecords', signal, (abortSignal) =>
      kinesis.send(new GetRecordsCommand(request), { abortSignal }),
    );
    for (const record of page.Records ?? []) {
      const arrivedMs = record.ApproximateArrivalTimestamp?.getTime() ?? Number.NaN;
      if (arrivedMs >= atMs) return { sequenceNumber, beginsAtMs: arrivedMs };
      sequenceNumber = record.SequenceNumber ?? sequenceNumber;
    }
    if (page.MillisBehindLatest === 0) break;
    iterator = page.NextShardIterator;
  }
  return { sequenceNumber, beginsAtMs: null };
}
