import type { Account } from './account.ts';
import { parseChannelArn } from './arn.ts';
import type { Channel } from './channel.ts';
import { KinesisError } from './kinesis-error.ts';

/** @throws KinesisError ResourceNotFound, InvalidArgument. */
export function findChannel(account: Account, channelArn: string, nowMs: number): Channel {
  const parts = parseChannelArn(channelArn);
  if (parts === null) {
    throw new KinesisError('InvalidArgumentException', `ChannelARN ${channelArn} is invalid.`);
  }
  const { accountId, region } = account.options;
  const isOurs = parts.accountId === accountId && parts.region === region;
  const channel = isOurs ? account.channels.find(parts.channelId, nowMs) : undefined;
  if (channel === undefined) {
    throw new KinesisError(
      'ResourceNotFoundException',
      `Channel ${parts.channelId} under account ${parts.accountId} not found.`,
    );
  }
  return channel;
}
