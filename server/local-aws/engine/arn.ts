const STREAM_ARN = /^arn:(aws[^:]*):kinesis:([^:]*):(\d{12}):stream\/([a-zA-Z0-9_.-]+)$/;

export type StreamArnParts = {
  readonly region: string;
  readonly accountId: string;
  readonly streamName: string;
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
