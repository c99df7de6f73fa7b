import type { Account } from '#server/local-aws/engine/account.ts';
import type {
  Channel,
  ChannelChange,
  ChannelDestination,
  ChannelInit,
  ChannelLogging,
  ChannelStatus,
} from '#server/local-aws/engine/channel.ts';
import { findChannel } from '#server/local-aws/engine/find-channel.ts';
import { KinesisError } from '#server/local-aws/engine/kinesis-error.ts';
import { assertFreshness } from './channel-freshness.ts';

export type ChannelDescription = Omit<ChannelInit, 'activeFromMs'> & {
  readonly status: ChannelStatus;
};

export type UpdateChannelInput = {
  readonly channelArn: string;
  /** For a channel of the destination's type only. */
  readonly freshness?: { readonly type: ChannelDestination['type']; readonly seconds: number };
  readonly logging?: Partial<ChannelLogging> | undefined;
};

/** @throws KinesisError ResourceNotFound, InvalidArgument. */
export function describeChannel(
  account: Account,
  channelArn: string,
  nowMs: number,
): ChannelDescription {
  return describeChannelAt(findChannel(account, channelArn, nowMs), nowMs);
}

/**
 * Changes how old data may get, and the log.
 * @throws KinesisError ResourceNotFound, ResourceInUse (not ACTIVE), InvalidArgument (another kind of destination, an age
 * out of bounds, or nothing to change; the last is assumed).
 */
export function updateChannel(
  account: Account,
  { channelArn, freshness, logging }: UpdateChannelInput,
  nowMs: number,
): ChannelDescription {
  const channel = findChannel(account, channelArn, nowMs);
  if (freshness === undefined && logging === undefined) {
    throw new KinesisError('InvalidArgumentException', 'The request changes nothing.');
  }
  if (freshness !== undefined) {
    assertFreshness(freshness.seconds);
    const { type } = channel.destinationAt(nowMs);
    if (freshness.type !== type) {
      throw new KinesisError(
        'InvalidArgumentException',
        `Channel ${channel.init.name} delivers to ${type}, not to ${freshness.type}.`,
      );
    }
  }
  const status = channel.statusAt(nowMs);
  if (status !== 'ACTIVE') {
    throw new KinesisError(
      'ResourceInUseException',
      `Channel ${channel.init.name} under account ${account.options.accountId} not ACTIVE, instead in state ${status}`,
    );
  }
  const change: ChannelChange = { freshnessSeconds: freshness?.seconds, logging };
  channel.beginUpdate(change, nowMs + account.options.transitionMs);
  return { ...describeChannelAt(channel, nowMs), status: 'UPDATING' };
}

/** A channel in any status. @throws KinesisError ResourceNotFound, InvalidArgument. */
export function deleteChannel(account: Account, channelArn: string, nowMs: number): void {
  findChannel(account, channelArn, nowMs).beginDeletion(nowMs + account.options.transitionMs);
}

export function describeChannelAt(channel: Channel, nowMs: number): ChannelDescription {
  const { activeFromMs: _, ...init } = channel.init;
  return {
    ...init,
    status: channel.statusAt(nowMs),
    destination: channel.destinationAt(nowMs),
    logging: channel.loggingAt(nowMs),
  };
}
