import { describe, expect, it } from 'vitest';
import type { KeySummary } from '#lib/replay/view/archive-sample.ts';
import { filterWords, hitWords, largestKeyWords } from './sample-words.ts';

const KEYS: KeySummary = {
  records: 200,
  withoutKey: 0,
  hitShare: 1,
  bySource: [{ source: 'archived', records: 200 }],
  differentKeys: 12,
  areAllCounted: true,
  largest: { partitionKey: 'sport', records: 30, share: 0.15 },
  candidates: [],
};

describe('hitWords', () => {
  it('says how many keys are the records’ own, and what becomes of the rest', () => {
    expect(hitWords(KEYS)).toBe('100 % of 200 records have a key of their own.');
    expect(hitWords({ ...KEYS, hitShare: 0.5 })).toContain('the fallback makes up the others');
    expect(hitWords({ ...KEYS, hitShare: 0.5, withoutKey: 100 })).toContain(
      '100 records without any go to quarantine',
    );
    expect(hitWords({ ...KEYS, hitShare: null })).toBe('No record was looked at.');
  });
});

describe('largestKeyWords', () => {
  it('says what a large key means', () => {
    expect(largestKeyWords(KEYS)).toBe('12 different keys. The largest has 15 % of the records.');
    const hot = { partitionKey: 'sport', records: 120, share: 0.6 };
    expect(largestKeyWords({ ...KEYS, largest: hot, areAllCounted: false })).toBe(
      'At least 12 different keys. The largest has 60 %: so much goes to one shard, which the others wait for at full pace.',
    );
    expect(largestKeyWords({ ...KEYS, differentKeys: 1 })).toContain('All have one key');
    expect(largestKeyWords({ ...KEYS, largest: null })).toBe('No record has a key.');
  });
});

describe('filterWords', () => {
  it('accounts for everything that was looked at', () => {
    expect(
      filterWords({
        totals: {
          records: 20,
          quarantined: 2,
          kept: 11,
          dropped: [{ reason: 'other-key', words: 'with another key', records: 8 }],
          failed: 1,
          keptBytes: 1,
        },
      }),
    ).toBe(
      '11 of 20 records would be sent; dropped: 8 with another key; 1 go to quarantine, as the expression failed on them; 2 more could not be read as records.',
    );
  });
});
