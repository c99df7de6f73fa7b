import type { SampleConfidence } from '#lib/domain/reshard/load/sample-confidence.ts';

/** A key that weighs much in a sample. Shares are of all that was sampled: at least and at most. */
export type SampledKeyView = {
  readonly partitionKey: string;
  /** As decimal text. */
  readonly hashKey: string;
  readonly bytesShareMin: number;
  readonly bytesShareMax: number;
  readonly recordsShareMin: number;
  readonly recordsShareMax: number;
};

/** What a sample of a shard says, for operators. */
export type SampleView = {
  readonly shardId: string;
  readonly sampledAtMs: number;
  readonly sampledBy: string;
  readonly confidence: SampleConfidence;
  /** Records of which it is not known where in the shard they lie: put by explicit hash keys. */
  readonly invalidRecords: number;
  readonly bytes: number;
  /** Heaviest first. */
  readonly topKeys: readonly SampledKeyView[];
};
