/** What an ARN of a stream says. */
export type StreamArnParts = {
  readonly region: string;
  /** 12 digits. */
  readonly accountId: string;
  readonly streamName: string;
};

/**
 * @returns null for what is no ARN of a stream
 * @example parseStreamArn('arn:aws:kinesis:eu-west-1:123456789012:stream/orders')
 * // { region: 'eu-west-1', accountId: '123456789012', streamName: 'orders' }
 */
export function parseStreamArn(arn: string): StreamArnParts | null {
  const found =
    /^arn:aws[a-z-]*:kinesis:([a-z0-9-]+):(\d{12}):stream\/([a-zA-Z0-9_.-]{1,128})$/.exec(arn);
  if (found === null) return null;
  const [, region = '', accountId = '', streamName = ''] = found;
  return { region, accountId, streamName };
}
