/** Which records of an archive are sent. Data, since it is part of what a person approves. */
export type FilterPlan = {
  /** By ApproximateArrivalTimestamp, where records have one; null takes all of the objects that were chosen. */
  readonly window: TimeWindow | null;
  /** Only records of these partition keys; null takes all. */
  readonly partitionKeys: readonly string[] | null;
  readonly sampling: Sampling | null;
  readonly dedup: Dedup | null;
};

export type TimeWindow = {
  /** From this instant up to, not including, the other; epoch milliseconds. */
  readonly fromMs: number;
  readonly toMs: number;
  /** What becomes of records whose time is not known: the window is exact without them, else as coarse as objects. */
  readonly unknownTime: 'keep' | 'drop';
};

export type Sampling = {
  /** Above 0, up to 1. */
  readonly share: number;
  /** `key`: all records of some keys. `record`: some records of any. Each run takes the same ones. */
  readonly by: 'key' | 'record';
};

/**
 * What is sent once only. `sequence-number`: records that were archived twice; without one no record is a duplicate.
 * `content`: records of one key and payload, which a producer may have meant to send twice.
 */
export type Dedup = {
  readonly by: 'sequence-number' | 'content';
  /** How many records back a duplicate is sure to be seen. */
  readonly capacity: number;
};
