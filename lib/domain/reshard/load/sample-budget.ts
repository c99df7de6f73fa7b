import { MEBIBYTE } from '#lib/domain/limits.ts';

/**
 * What one sample may take of a shard, which its readers share: they have 5 calls and 2 MiB a second. At two calls a
 * second of at most 1,000 records it takes four seconds, less than half of the calls, and mostly less than half of
 * the bytes.
 */
export const SAMPLE_BUDGET = {
  calls: 8,
  recordsPerCall: 1_000,
  /** Reading ends with the call by which so much has been read. */
  bytes: 8 * MEBIBYTE,
  callEveryMs: 500,
  /** How far back it begins. */
  windowMs: 60_000,
} as const;

/** A sample that is older says too little about the load of now. */
export const SAMPLE_AGE_MS_MAX = 6 * 3_600_000;
