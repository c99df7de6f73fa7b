import {
  type KinesisClient,
  ListStreamsCommand,
  type StreamSummary,
} from '@aws-sdk/client-kinesis';
import type { ListedStream } from '#lib/domain/stream-listing.ts';
import type { Caller } from './call.ts';

/** AWS's default is 100; more a page is fewer calls of the five a second that an account has. */
const PAGE_SIZE = 1_000;

/** All streams of the account in the region, in the order of their names. @throws AwsFailure */
export async function listStreams(
  kinesis: KinesisClient,
  caller: Caller,
  signal: AbortSignal,
): Promise<readonly ListedStream[]> {
  const listed: ListedStream[] = [];
  let nextToken: string | undefined;
  let last: string | undefined;
  for (;;) {
    const page = await caller.call('kinesis:ListStreams', signal, (abortSignal) =>
      kinesis.send(
        new ListStreamsCommand({
          Limit: PAGE_SIZE,
          ...(nextToken !== undefined && { NextToken: nextToken }),
          // Endpoints that know no NextToken go on from a name.
          ...(nextToken === undefined && last !== undefined && { ExclusiveStartStreamName: last }),
        }),
        { abortSignal },
      ),
    );
    const names = page.StreamNames ?? [];
    const summaries = new Map(page.StreamSummaries?.map((s) => [s.StreamName, s]));
    listed.push(...names.map((name) => toListedStream(name, summaries.get(name))));
    last = names.at(-1);
    if (page.HasMoreStreams !== true || last === undefined) return listed;
    nextToken = page.NextToken;
  }
}

function toListedStream(streamName: string, summary: StreamSummary | undefined): ListedStream {
  const createdAt = summary?.StreamCreationTimestamp;
  if (summary?.StreamARN === undefined || createdAt === undefined) {
    return { streamName, identity: null, status: null };
  }
  return {
    streamName,
    identity: { streamArn: summary.StreamARN, createdAtMs: createdAt.getTime() },
    status: summary.StreamStatus ?? null,
  };
}
