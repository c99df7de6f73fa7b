import { describe, expect, it } from 'vitest';
import { capWords, durationEstimate, loadWords, meanWords } from './pace-words.ts';

const BOUND = { by: 'pace' } as const;
const rates = { bytesPerSecond: 1_048_576, recordsPerSecond: 500 };

describe('durationEstimate', () => {
  it('says how long, or why not', () => {
    const of = (ms: number) =>
      durationEstimate({ duration: { ms, bound: BOUND }, cap: null, mean: null });
    expect(of(125_000)).toBe('About 2 min 05 s');
    expect(of(400)).toBe('Less than a second');
    expect(of(Number.POSITIVE_INFINITY)).toBe('It would never end');
    expect(durationEstimate({ duration: null, cap: null, mean: null })).toBe(
      'Nothing would be sent',
    );
  });
});

describe('rates', () => {
  it('are told in both units, or not at all', () => {
    const estimate = { duration: null, cap: rates, mean: rates };
    expect(capWords(estimate)).toBe('1.00 MiB/s, 500 rec/s');
    expect(meanWords(estimate)).toBe('1.00 MiB/s, 500 rec/s');
    expect(meanWords({ ...estimate, mean: null })).toBeNull();
    expect(capWords({ ...estimate, cap: null })).toBeNull();
  });
});

describe('loadWords', () => {
  it('does not pretend to know each record', () => {
    expect(loadWords({ records: 123_456, bytes: 1_048_576, shards: [], hottestKey: null })).toBe(
      'About 120,000 records, 1.00 MiB with keys',
    );
  });
});
