/** Names of an error: `type` in JSON, CBOR and REST, `queryCode` in the older query protocol. */
export type AwsErrorNames = {
  readonly type: string;
  readonly queryCode: string;
  readonly status: number;
};

/** What a caller of a service is told, in whichever protocol it speaks. */
export class AwsError extends Error {
  override readonly name: string = 'AwsError';
  readonly names: AwsErrorNames;

  constructor(names: AwsErrorNames, message: string) {
    super(message);
    this.names = names;
  }

  /** Whose fault it is, as AWS puts it. */
  get fault(): 'Sender' | 'Receiver' {
    return this.names.status >= 500 ? 'Receiver' : 'Sender';
  }
}
