import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { AwsFailure } from '#lib/domain/aws-failure.ts';
import { parseStreamArn } from '#lib/domain/stream-arn.ts';
import type { ListedStream } from '#lib/domain/stream-listing.ts';
import type { Caller } from './call.ts';
import { describeStream, type StreamRef } from './describe-stream.ts';

/** The streams of a connection that names them by their ARNs: mostly of other accounts, which ListStreams never tells. */
export type StreamsByArn = {
  /**
   * As ListStreams would tell them, by one DescribeStreamSummary each. One that may not be described is told by its
   * name alone; one that is not there is left out.
   * @throws AwsFailure where it fails otherwise
   */
  list(signal: AbortSignal): Promise<readonly ListedStream[]>;
  /** How a request names the stream of this name: by its ARN, as a name alone is looked for in the own account. */
  refOf(streamName: string): StreamRef;
  /** In whose CloudWatch its metrics are; null where the name is none of these. */
  accountOf(streamName: string): string | null;
};

export function streamsByArn(
  kinesis: KinesisClient,
  caller: Caller,
  streamArns: readonly string[],
): StreamsByArn {
  const known = new Map(
    streamArns.flatMap((streamArn) => {
      const parsed = parseStreamArn(streamArn);
      return parsed === null ? [] : [[parsed.streamName, { streamArn, ...parsed }] as const];
    }),
  );

  async function look(streamName: string, streamArn: string, signal: AbortSignal) {
    try {
      const { createdAtMs, status } = await describeStream(kinesis, caller, { streamArn }, signal);
      return [{ streamName, identity: { streamArn, createdAtMs }, status }];
    } catch (error) {
      if (!(error instanceof AwsFailure)) throw error;
      switch (error.kind) {
        case 'not-found':
          return [];
        case 'access-denied':
        case 'encryption-key':
          return [{ streamName, identity: null, status: null }];
        default:
          throw error;
      }
    }
  }

  return {
    async list(signal) {
      const listed: ListedStream[] = [];
      // One after the other: DescribeStreamSummary has the tightest budget of what is read.
      for (const { streamName, streamArn } of known.values()) {
        listed.push(...(await look(streamName, streamArn, signal)));
      }
      return listed;
    },
    refOf: (streamName) => {
      const streamArn = known.get(streamName)?.streamArn;
      return streamArn === undefined ? streamName : { streamArn };
    },
    accountOf: (streamName) => known.get(streamName)?.accountId ?? null,
  };
}
