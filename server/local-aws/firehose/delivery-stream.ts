/** A Firehose delivery stream from a Kinesis stream to S3, as whoever runs it has set it up. */
export type DeliveryStream = {
  readonly name: string;
  readonly createdAtMs: number;
  readonly sourceStreamArn: string;
  readonly bucket: string;
  /** What keys begin with, before `YYYY/MM/DD/HH/`. */
  readonly prefix: string;
  readonly fileExtension: string;
  /** An object is written when it is so large or so old, whichever comes first. */
  readonly bufferBytesMax: number;
  readonly bufferAgeMaxMs: number;
};
