/**
 * Lag of an application without leases, as AWS tells it to CloudWatch: IteratorAge of a function,
 * SubscribeToShardEvent.MillisBehindLatest of a registered consumer, KinesisMillisBehindLatest of a delivery stream.
 */
export type MetricLag = {
  /** Whether it reads at all: the state of its mapping, consumer or delivery stream. */
  readonly activity: 'on' | 'off' | 'unknown';
  /** Maximum of each period, oldest first; a period without a datapoint is left out. */
  readonly points: readonly MetricPoint[];
};

/** `atMs`: end of the period. */
export type MetricPoint = { readonly atMs: number; readonly lagMs: number };
