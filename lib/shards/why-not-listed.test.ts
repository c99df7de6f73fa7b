import { expect, test } from 'vitest';
import { whyNotListed } from './why-not-listed.ts';

const SHARD = 'shardId-000000000001';
const none = { withClosed: false, withExpired: false };
const all = { withClosed: true, withExpired: true };

test('says nothing of no choice, nor of a shard that has its row', () => {
  expect(whyNotListed(null, null, none)).toBeNull();
  expect(whyNotListed(SHARD, 'open', none)).toBeNull();
  expect(whyNotListed(SHARD, 'closed', all)).toBeNull();
  expect(whyNotListed(SHARD, 'expired', all)).toBeNull();
});

test('says how a closed shard is brought to sight', () => {
  expect(whyNotListed(SHARD, 'closed', none)).toBe(`${SHARD} is closed; “Closed too” lists it.`);
});

test('says that there is no such shard, and where it was not looked for', () => {
  expect(whyNotListed(SHARD, null, none)).toMatch(/has no shardId.*“Expired too” looks for it/);
  expect(whyNotListed(SHARD, null, all)).toMatch(/has no shardId.*before it was first seen/);
});
