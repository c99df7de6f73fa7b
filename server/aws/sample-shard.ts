import { setTimeout as pause } from 'node:timers/promises';
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import { SAMPLE_BUDGET } from '#lib/domain/reshard/load/sample-budget.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import type { Caller } from './call.ts';

/** A record as far as it says where the load lies: its key, and its bytes as limits count them. */
export type KeyedRecord = { readonly partitionKey: string; readonly bytes: number };

/** How a reading ended. Times are arrivals; null: nothing was read. */
export type ReadWindow = {
  readonly calls: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Why it ended: at the tip of the shard, or by the budget. */
  readonly end: 'tip' | 'budget';
};

/**
 * Reads what arrived in a shard from an instant on, within SAMPLE_BUDGET. It disturbs: its calls and bytes are those of
 * the shard's readers, and it counts in the stream's GetRecords.IteratorAgeMilliseconds, on which its owner may have
 * set an alarm.
 * @throws AwsFailure
 */
export async function sampleShard(
  kinesis: KinesisClient,
  caller: Caller,
  shard: { readonly streamArn: string; readonly shardId: ShardId; readonly fromMs: number },
  onRecord: (record: KeyedRecord) => void,
  signal: AbortSignal,
): Promise<ReadWindow> {
  const { streamArn, shardId } = shard;
  let { ShardIterator: iterator } = await caller.call(
    'kinesis:GetShardIterator',
    signal,
    (abortSignal) =>
      kinesis.send(
        new GetShardIteratorCommand({
          StreamARN: streamArn,
          ShardId: shardId,
          ShardIteratorType: 'AT_TIMESTAMP',
          Timestamp: new Date(shard.fromMs),
        }),
        { abortSignal },
      ),
  );
  let [calls, bytes] = [0, 0];
  let [fromMs, toMs]: (number | null)[] = [null, null];
  while (iterator !== undefined && calls < SAMPLE_BUDGET.calls && bytes < SAMPLE_BUDGET.bytes) {
    if (calls > 0) await pause(SAMPLE_BUDGET.callEveryMs, undefined, { signal });
    const request = {
      StreamARN: streamArn,
      ShardIterator: iterator,
      Limit: SAMPLE_BUDGET.recordsPerCall,
    };
    const page = await caller.call('kinesis:GetRecords', signal, (abortSignal) =>
      kinesis.send(new GetRecordsCommand(request), { abortSignal }),
    );
    calls += 1;
    for (const { PartitionKey = '', Data, ApproximateArrivalTimestamp } of page.Records ?? []) {
      const size = (Data?.byteLength ?? 0) + Buffer.byteLength(PartitionKey);
      onRecord({ partitionKey: PartitionKey, bytes: size });
      bytes += size;
      toMs = ApproximateArrivalTimestamp?.getTime() ?? toMs;
      fromMs ??= toMs ?? null;
    }
    if (page.MillisBehindLatest === 0) return window(calls, fromMs, toMs, 'tip');
    iterator = page.NextShardIterator;
  }
  return window(calls, fromMs, toMs, iterator === undefined ? 'tip' : 'budget');
}

function window(
  calls: number,
  fromMs: number | null | undefined,
  toMs: number | null | undefined,
  end: ReadWindow['end'],
): ReadWindow {
  return { calls, fromMs: fromMs ?? null, toMs: toMs ?? null, end };
}
