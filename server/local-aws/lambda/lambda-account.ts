/** A function, as whoever deployed it has set it up. */
export type LambdaFunction = {
  readonly name: string;
  readonly description: string;
  readonly deployedAtMs: number;
};

/** What makes Lambda read a stream for a function. */
export type EventSourceMapping = {
  readonly uuid: string;
  readonly functionName: string;
  /** Of a stream, or of an enhanced fan-out consumer. */
  readonly eventSourceArn: string;
  /** Records of one invocation, at most. */
  readonly batchSize: number;
  readonly parallelizationFactor: number;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  /** Enabling and disabling take no time here. */
  readonly state: 'Enabled' | 'Disabled';
  readonly createdAtMs: number;
  readonly lastProcessingResult: 'No records processed' | 'OK' | 'PROBLEM';
};

export type LambdaAccount = {
  readonly functions: readonly LambdaFunction[];
  readonly mappings: readonly EventSourceMapping[];
};
