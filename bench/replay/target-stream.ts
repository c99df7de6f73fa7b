import { setTimeout as rest } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  type KinesisClient,
} from '@aws-sdk/client-kinesis';
import type { ReplayTarget } from '#lib/domain/replay/settings.ts';

/** Makes a stream and waits until it takes records. @returns it as a target of a replay by `connection` */
export async function createTarget(
  kinesis: KinesisClient,
  connection: string,
  streamName: string,
  shardCount: number,
): Promise<ReplayTarget> {
  const name = { StreamName: streamName };
  await kinesis.send(new CreateStreamCommand({ ...name, ShardCount: shardCount }));
  for (;;) {
    const { StreamDescriptionSummary: summary } = await kinesis.send(
      new DescribeStreamSummaryCommand(name),
    );
    if (summary?.StreamStatus === 'ACTIVE') {
      const { StreamARN: streamArn = '', StreamCreationTimestamp: createdAt } = summary;
      return { connection, streamName, streamArn, createdAtMs: createdAt?.getTime() ?? Number.NaN };
    }
    await rest(20);
  }
}

export async function deleteTarget(kinesis: KinesisClient, streamName: string): Promise<void> {
  await kinesis.send(new DeleteStreamCommand({ StreamName: streamName }));
}
