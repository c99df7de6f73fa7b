const STREAM_ARN = /^arn:(aws[^:]*):kinesis:([^:]*):(\d{12}):stream\/([a-zA-Z0-9_.-]+)$/;
const CONSUMER_ARN = /^(.+)\/consumer\/([a-zA-Z0-9_.-]+):(\d+)$/;
const CHANNEL_ARN = /^arn:aws[^:]*:kinesis:([^:]*):(\d{12}):channel\/(\S+)$/;

export type StreamArnParts = {
  readonly region: string;
  readonly accountId: string;
  readonly streamName: string;
};

export type ConsumerArnParts = {
  readonly streamArn: string;
  readonly streamName: string;
  readonly consumerName: string;
};

export function streamArn({ region, accountId, streamName }: StreamArnParts): string {
  return `arn:aws:kinesis:${region}:${accountId}:stream/${streamName}`;
}

/** @returns null where the text is no ARN of a stream. */
export function parseStreamArn(text: string): StreamArnParts | null {
  const [, , region, accountId, streamName] = STREAM_ARN.exec(text) ?? [];
  return region === undefined || accountId === undefined || streamName === undefined
    ? null
    : { region, accountId, streamName };
}

/** A consumer's ARN ends in the second of its creation, so that one registered again is another. */
export function consumerArn(ofStream: string, consumerName: string, createdAtMs: number): string {
  return `${ofStream}/consumer/${consumerName}:${Math.floor(createdAtMs / 1_000)}`;
}

/** @returns null where the text is no ARN of a consumer. */
export function parseConsumerArn(text: string): ConsumerArnParts | null {
  const [, ofStream, consumerName] = CONSUMER_ARN.exec(text) ?? [];
  const streamName = ofStream === undefined ? undefined : parseStreamArn(ofStream)?.streamName;
  return ofStream === undefined || streamName === undefined || consumerName === undefined
    ? null
    : { streamArn: ofStream, streamName, consumerName };
}

export type ChannelArnParts = {
  readonly region: string;
  readonly accountId: string;
  readonly channelId: string;
};

/** A channel's ARN ends in its id, as AWS's examples do. */
export function channelArn({ region, accountId, channelId }: ChannelArnParts): string {
  return `arn:aws:kinesis:${region}:${accountId}:channel/${channelId}`;
}

/** @returns null where the text is no ARN of a channel. */
export function parseChannelArn(text: string): ChannelArnParts | null {
  const [, region, accountId, channelId] = CHANNEL_ARN.exec(text) ?? [];
  return region === undefined || accountId === undefined || channelId === undefined
    ? null
    : { region, accountId, channelId };
}
