import { expect, test } from 'vitest';
import { compareListing, type KnownStream, type ListedStream } from './stream-listing.ts';

const known = (streamId: number, streamName: string, createdAtMs = 1): KnownStream => ({
  streamId,
  streamName,
  streamArn: `arn:${streamName}`,
  createdAtMs,
  status: 'ACTIVE',
});

const listed = (streamName: string, createdAtMs = 1, status: 'ACTIVE' | 'UPDATING' = 'ACTIVE') =>
  ({
    streamName,
    identity: { streamArn: `arn:${streamName}`, createdAtMs },
    status,
  }) satisfies ListedStream;

const ids = (streams: readonly KnownStream[]) => streams.map((s) => s.streamId);

test('tells the gone, the new and the changed', () => {
  const changes = compareListing(
    [known(1, 'kept'), known(2, 'deleted'), known(3, 'changing')],
    [listed('kept'), listed('changing', 1, 'UPDATING'), listed('young')],
  );
  expect(ids(changes.gone)).toEqual([2]);
  expect(ids(changes.changed)).toEqual([3]);
  expect(changes.unknown.map((s) => s.streamName)).toEqual(['young']);
});

test('a stream made again under its name is gone and new', () => {
  const changes = compareListing([known(1, 'orders', 1)], [listed('orders', 2)]);
  expect(ids(changes.gone)).toEqual([1]);
  expect(changes.unknown).toHaveLength(1);
});

test('a name without an identity proves neither', () => {
  const changes = compareListing(
    [known(1, 'orders')],
    [{ streamName: 'orders', identity: null, status: null }],
  );
  expect(changes.gone).toEqual([]);
  expect(changes.unknown.map((s) => s.streamName)).toEqual(['orders']);
});
