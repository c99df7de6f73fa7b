import type { Account } from '#server/local-aws/engine/account.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { sealToken, unsealToken } from '#server/local-aws/engine/sealed-token.ts';
import { describe, type StreamDescription } from './describe-stream.ts';

const KIND = 'streams';
const PAGE_STREAMS_DEFAULT = 100;

export type ListStreamsInput = {
  readonly limit?: number | undefined;
  readonly exclusiveStartStreamName?: string | undefined;
  readonly nextToken?: string | undefined;
};

export type ListStreamsOutput = {
  /** Ascending by name. */
  readonly streams: readonly StreamDescription[];
  readonly hasMoreStreams: boolean;
  /** Set where there are more. */
  readonly nextToken: string | null;
};

/** @throws KinesisError InvalidArgumentException for a token that is none of ours. */
export function listStreams(
  account: Account,
  input: ListStreamsInput,
  nowMs: number,
): ListStreamsOutput {
  const after = startOf(input);
  const limit = input.limit ?? PAGE_STREAMS_DEFAULT;
  const rest = account.streams(nowMs).filter(({ name }) => after === null || name > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const hasMoreStreams = rest.length > limit;
  return {
    streams: page.map((stream) => describe(account, stream, nowMs)),
    hasMoreStreams,
    nextToken: hasMoreStreams && last !== undefined ? sealToken(KIND, [last.name]) : null,
  };
}

function startOf({ exclusiveStartStreamName, nextToken }: ListStreamsInput): string | null {
  if (nextToken === undefined) {
    return exclusiveStartStreamName ?? null;
  }
  const [streamName] = unsealToken(KIND, nextToken) ?? [];
  if (streamName === undefined) {
    throw new KinesisError('InvalidArgumentException', 'Invalid NextToken.');
  }
  return streamName;
}
