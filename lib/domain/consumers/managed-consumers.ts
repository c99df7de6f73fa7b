/** An event source mapping of Lambda that reads a stream, or a consumer of enhanced fan-out of it. */
export type EventSourceMapping = {
  readonly uuid: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** The stream's ARN, or the consumer's. */
  readonly sourceArn: string;
  /** E.g. `Enabled`, `Disabled`, `Updating`. */
  readonly state: string;
  readonly batchSize: number | null;
  readonly parallelizationFactor: number | null;
  /** What Lambda says of its last invocation, e.g. `OK` or `PROBLEM: Function call failed`. */
  readonly lastResult: string | null;
};

/** A delivery stream of Firehose. */
export type DeliveryStream = {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  /** The Kinesis stream that it reads; null where its source is another. */
  readonly sourceStreamArn: string | null;
};

/** One line of CloudWatch about a consumer. */
export type ConsumerMetric = {
  readonly namespace: 'AWS/Kinesis' | 'AWS/Lambda' | 'AWS/Firehose';
  readonly metricName: string;
  readonly dimensions: readonly (readonly [name: string, value: string])[];
  readonly statistic: 'Maximum' | 'Sum';
};
