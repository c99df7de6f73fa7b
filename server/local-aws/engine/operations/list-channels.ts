import type { Account } from '#server/local-aws/engine/account.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { sealToken, unsealToken } from '#server/local-aws/engine/sealed-token.ts';
import { type ChannelDescription, describeChannelAt } from './describe-channel.ts';

/** Of one page, also where MaxResults asks for more. Source: ListChannels. */
const PAGE_CHANNELS_MAX = 100;

/** As of the other listings; of this one only the exception is documented. */
const TOKEN_LIFE_MS = 300_000;

const KIND = 'channels';

export type ListChannelsInput = {
  /** Those of any of these streams; without any, all. */
  readonly streams?:
    | readonly { readonly streamArn: string; readonly createdAtMs: number | undefined }[]
    | undefined;
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
};

export type ListChannelsOutput = {
  /** Ascending by name. */
  readonly channels: readonly ChannelDescription[];
  readonly nextToken: string | null;
};

/** @throws KinesisError InvalidArgument, ExpiredNextToken. */
export function listChannels(
  account: Account,
  { streams, maxResults = PAGE_CHANNELS_MAX, nextToken }: ListChannelsInput,
  nowMs: number,
): ListChannelsOutput {
  const after = nextToken === undefined ? '' : openToken(nextToken, nowMs);
  const rest = account.channels
    .list(nowMs)
    .map((channel) => describeChannelAt(channel, nowMs))
    .filter((channel) => channel.name > after && isOf(channel, streams));
  const page = rest.slice(0, Math.min(maxResults, PAGE_CHANNELS_MAX));
  const last = page.at(-1);
  return {
    channels: page,
    nextToken:
      page.length < rest.length && last !== undefined ? sealToken(KIND, [last.name, nowMs]) : null,
  };
}

function isOf(
  { streamArn, streamCreatedAtMs }: ChannelDescription,
  streams: ListChannelsInput['streams'],
): boolean {
  return (
    streams === undefined ||
    streams.some(
      (stream) =>
        stream.streamArn === streamArn &&
        (stream.createdAtMs === undefined ||
          Math.floor(stream.createdAtMs / 1_000) === Math.floor(streamCreatedAtMs / 1_000)),
    )
  );
}

function openToken(nextToken: string, nowMs: number): string {
  const [after, issuedAtMs] = unsealToken(KIND, nextToken) ?? [];
  if (after === undefined) {
    throw new KinesisError('InvalidArgumentException', 'Invalid NextToken.');
  }
  if (nowMs - Number(issuedAtMs) > TOKEN_LIFE_MS) {
    throw new KinesisError(
      'ExpiredNextTokenException',
      'The NextToken has expired; it is valid for 300 seconds.',
    );
  }
  return after;
}
