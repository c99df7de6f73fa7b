import { expect, test } from 'vitest';
import { draftFault, draftInput, draftPrice, emptyDraft, fieldFault } from './create-draft.ts';
import { quotaWords } from './quota-words.ts';

const draft = { ...emptyDraft, streamName: 'orders' };

test('a name is all that is missing at first', () => {
  expect(draftFault(emptyDraft)).toMatch(/needs a name/);
  expect(draftFault(draft)).toBeNull();
  expect(draftInput(draft)).toEqual({
    streamName: 'orders',
    mode: 'PROVISIONED',
    shardCount: 1,
    retentionHours: 24,
    keyId: null,
    maxRecordKiB: 1_024,
    tags: {},
  });
});

test.each([
  [{ shards: '' }, /^Shards: /],
  [{ shards: '1.5' }, /^Shards: /],
  [{ retention: '12' }, /^Retention: /],
  [{ recordKiB: '11000' }, /^Maximum record size: /],
  [{ encrypted: true, keyId: 'mine' }, /A key is an id/],
  [{ tags: [{ id: 0, key: 'aws:x', value: '' }] }, /Some tags are wrong/],
])('%j keeps the button shut, and says why', (wrong, words) => {
  expect(draftFault({ ...draft, ...wrong })).toMatch(words);
});

test('an empty field is not called wrong, and an on-demand stream has no number of shards', () => {
  expect(fieldFault({ ...draft, shards: '' }, 'shards')).toBeNull();
  const onDemand = { ...draft, mode: 'ON_DEMAND', shards: 'x' } as const;
  expect(draftFault(onDemand)).toBeNull();
  expect(draftInput(onDemand).shardCount).toBeNull();
});

test('a price is told once its numbers are right', () => {
  expect(draftPrice({ ...draft, shards: 'x' })).toBeNull();
  expect(draftPrice({ ...draft, shards: '4' })).toMatchObject({ shardCount: 4 });
});

const limits = {
  value: { shardLimit: 10, openShardCount: 8, onDemandStreamLimit: 2, onDemandStreamCount: 2 },
  failure: null,
};

test('the quota refuses what AWS would refuse, and nothing else', () => {
  expect(quotaWords({ ...draft, shards: '2' }, limits)).toEqual({
    words: 'Quota of the account: 8 of 10 shards open.',
    refused: false,
  });
  expect(quotaWords({ ...draft, shards: '3' }, limits)).toMatchObject({ refused: true });
  expect(quotaWords({ ...draft, mode: 'ON_DEMAND' }, limits)).toMatchObject({ refused: true });
});

test('a quota that cannot be read refuses nothing, and says that it is unknown', () => {
  const failure = {
    message: 'Allow kinesis:DescribeLimits.',
    deniedAction: 'kinesis:DescribeLimits',
  };
  const words = quotaWords(draft, { value: null, failure });
  expect(words).toMatchObject({ refused: false });
  expect(words?.words).toContain('unknown: Allow kinesis:DescribeLimits.');
  expect(quotaWords(draft, null)).toBeNull();
});
