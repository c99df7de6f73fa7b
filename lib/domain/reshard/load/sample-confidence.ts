import type { ShardSample } from './shard-sampler.ts';

/** How far a sample can be trusted. */
export type SampleConfidence = {
  readonly records: number;
  /** Share of the records whose place on the ring is not known, 0 .. 1. */
  readonly invalidShare: number;
  /**
   * By how much the share of the shard's records in one half of its range may be off, at 95 %: 1.96 x the standard
   * error of a share of a half, as if records came independently. Keys that come in bursts make it larger.
   */
  readonly shareError: number;
  readonly verdict: 'good' | 'rough' | 'too-little';
};

const GOOD_ERROR = 0.03;
const ROUGH_ERROR = 0.14;
/** Above this share of unknown places, a histogram says nothing about the rest. */
const INVALID_SHARE_MAX = 0.2;

export function sampleConfidence({ records, invalidRecords }: ShardSample): SampleConfidence {
  const invalidShare = records === 0 ? 0 : invalidRecords / records;
  const shareError =
    records === 0 ? 1 : Math.min(1, (1.96 * 0.5) / Math.sqrt(records) + invalidShare / 2);
  const verdict =
    shareError > ROUGH_ERROR || invalidShare > INVALID_SHARE_MAX
      ? 'too-little'
      : shareError > GOOD_ERROR
        ? 'rough'
        : 'good';
  return { records, invalidShare, shareError, verdict };
}
