import { expect, test } from 'vitest';
import type { ShardRow, TopologyView } from '#lib/live/stream-detail.ts';
import { whyNotListed } from './why-not-listed.ts';

const shard = (shardId: string): ShardRow => ({
  shardId,
  startingHashKey: '0',
  endingHashKey: '1',
  parentShardId: null,
  adjacentParentShardId: null,
  startingSequenceNumber: '1',
  endingSequenceNumber: null,
});
const topology: TopologyView = {
  topologyId: 1,
  observedAtMs: 0,
  open: [shard('shardId-000000000001')],
  closed: [shard('shardId-000000000000')],
};

test('says nothing of no choice, nor of a shard that has its row', () => {
  expect(whyNotListed(topology, null, false)).toBeNull();
  expect(whyNotListed(topology, 'shardId-000000000001', false)).toBeNull();
  expect(whyNotListed(topology, 'shardId-000000000000', true)).toBeNull();
});

test('says how a closed shard is brought to sight', () => {
  expect(whyNotListed(topology, 'shardId-000000000000', false)).toBe(
    'shardId-000000000000 is closed; “Closed too” lists it.',
  );
});

test.each([true, false])(
  'says that there is no such shard, closed ones listed or not (%s)',
  (withClosed) => {
    expect(whyNotListed(topology, 'shardId-000000000099', withClosed)).toContain(
      'This stream has no shardId-000000000099',
    );
  },
);
