import { createHash } from 'node:crypto';
import { hashKeyFromDigest } from '#lib/domain/hash-key.ts';
import { SAMPLE_AGE_MS_MAX, SAMPLE_BUDGET } from '#lib/domain/reshard/load/sample-budget.ts';
import { sampleConfidence } from '#lib/domain/reshard/load/sample-confidence.ts';
import { ShardSampler } from '#lib/domain/reshard/load/shard-sampler.ts';
import type { SampleView } from '#lib/reshard/sample-view.ts';
import { observeStream } from '#server/aws/observe-stream.ts';
import { readStreamById } from '#server/db/read/stream-by-id.ts';
import {
  type KeptSample,
  readShardSamples,
  writeShardSample,
} from '#server/db/reshard/shard-samples.ts';
import { ServiceError } from '#server/services/service-error.ts';
import type { ReshardContext } from './plan-reshard.ts';

/**
 * Reads what arrived in a shard of late, within SAMPLE_BUDGET, and keeps how the load lies over its range, and its
 * heaviest keys: plans cut by it from then on.
 * @throws ServiceError `not-found`, `conflict` where nothing arrived; AwsFailure
 */
export async function sampleShard(args: {
  ctx: ReshardContext;
  actor: string;
  input: {
    readonly connection: string;
    readonly streamName: string;
    readonly streamId: number;
    readonly shardId: string;
  };
  signal: AbortSignal | undefined;
}): Promise<SampleView> {
  const { ctx, actor, input } = args;
  const { shardId, streamId } = input;
  const signal = args.signal ?? new AbortController().signal;
  const known = await readStreamById(ctx.database, input.connection, streamId);
  const { aws } = ctx.aws.get(input.connection);
  const look = known === null ? null : await observeStream(aws, known, signal);
  if (known === null || look === null || known.streamName !== input.streamName) {
    throw new ServiceError('not-found', `There is no stream ${input.streamName} any more.`);
  }
  const shard = look.layout?.find((one) => one.shardId === shardId);
  if (shard === undefined) {
    throw new ServiceError(
      'conflict',
      `Nothing was read: ${shardId} is not open, or ${input.streamName} is being changed. Choose an open shard, and try again when the stream is ACTIVE.`,
    );
  }
  const sampler = new ShardSampler(shard.range);
  const fromMs = Date.now() + aws.clockSkewMs() - SAMPLE_BUDGET.windowMs;
  await aws.sampleShard(
    { streamArn: known.streamArn, shardId, fromMs },
    ({ partitionKey, bytes }) => {
      const digest = createHash('md5').update(partitionKey).digest();
      sampler.add({ partitionKey, hashKey: hashKeyFromDigest(digest), bytes });
    },
    signal,
  );
  const sample = sampler.sample();
  if (sample.records === 0) {
    throw new ServiceError(
      'conflict',
      `Nothing was kept: no record arrived in ${shardId} in the last minute.`,
    );
  }
  await writeShardSample(ctx.database, streamId, shardId, actor, sample);
  const kept = await readShardSamples(ctx.database, streamId, SAMPLE_AGE_MS_MAX);
  const mine = kept.find((one) => one.shardId === shardId);
  if (mine === undefined) throw new Error('A sample that was written is not there.');
  return viewOf(mine);
}

/** Samples of a stream that plans rest on. */
export async function listSamples(args: {
  ctx: Pick<ReshardContext, 'database'>;
  input: { readonly streamId: number };
}): Promise<readonly SampleView[]> {
  const { ctx, input } = args;
  return (await readShardSamples(ctx.database, input.streamId, SAMPLE_AGE_MS_MAX)).map(viewOf);
}

function viewOf({ shardId, sampledAtMs, sampledBy, sample }: KeptSample): SampleView {
  return {
    shardId,
    sampledAtMs,
    sampledBy,
    confidence: sampleConfidence(sample),
    invalidRecords: sample.invalidRecords,
    bytes: sample.bytes,
    topKeys: sample.topKeys.map((key) => ({ ...key, hashKey: key.hashKey.toString() })),
  };
}
