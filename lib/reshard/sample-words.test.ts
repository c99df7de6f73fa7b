import { expect, it } from 'vitest';
import { confidenceWords, keyShareWords, SAMPLE_COST } from './sample-words.ts';

it('says what a sample takes before it is taken', () => {
  expect(SAMPLE_COST).toContain('at most 8 times and 8 MiB of the last 1 min');
});

it('says how far a sample can be trusted', () => {
  expect(
    confidenceWords({ records: 4_000, invalidShare: 0, shareError: 0.0155, verdict: 'good' }),
  ).toBe('4,000 records, good enough to cut by: half of the load is found to within 1.6 %.');
  expect(
    confidenceWords({ records: 90, invalidShare: 0.5, shareError: 0.35, verdict: 'too-little' }),
  ).toContain('50 % were put by explicit hash keys');
});

it('says what a key takes, from both sides', () => {
  const key = {
    partitionKey: 'hot',
    hashKey: '5',
    bytesShareMin: 0.8,
    bytesShareMax: 0.82,
    recordsShareMin: 0.5,
    recordsShareMax: 0.5,
  };
  expect(keyShareWords(key)).toBe('80 % to 82 % of the bytes, 50 % of the records');
});
