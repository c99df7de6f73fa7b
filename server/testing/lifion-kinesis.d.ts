/** lifion-kinesis 1.3.3 has no types: what our tests use of it. */
declare module 'lifion-kinesis' {
  import type { Readable } from 'node:stream';

  export default class Kinesis extends Readable {
    constructor(options: {
      readonly streamName: string;
      readonly consumerGroup: string;
      readonly region: string;
      readonly endpoint: string;
      readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
      readonly dynamoDb: {
        readonly region: string;
        readonly endpoint: string;
        readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
      };
      readonly createStreamIfNeeded: boolean;
      readonly initialPositionInStream: 'LATEST' | 'TRIM_HORIZON';
      /** Milliseconds. */
      readonly leaseAcquisitionInterval: number;
      readonly noRecordsPollDelay: number;
      readonly useEnhancedFanOut: boolean;
    });
    startConsumer(): Promise<void>;
    stopConsumer(): void;
  }
}
