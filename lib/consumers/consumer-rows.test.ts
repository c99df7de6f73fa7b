import { expect, test } from 'vitest';
import { type ConsumerRows, packConsumerRows, unpackConsumerRows } from './consumer-rows.ts';

const ROWS: ConsumerRows = {
  streamId: 3,
  window: { from: 0, to: 1 },
  cells: [
    { start: 0, end: 0.25, shardCount: 1 },
    { start: 0.25, end: 1, shardCount: 40 },
  ],
  rows: [
    {
      applicationId: 1,
      kind: 'kcl',
      name: 'quota-worker',
      status: 'STALL',
      observedAtMs: 100_000,
      cells: [
        {
          status: 'OK',
          atLeastSeconds: 2,
          atMostSeconds: 4.5,
          asOfMs: 92_000,
          shard: 12,
          owner: 'worker-2',
        },
        {
          status: 'STALL',
          atLeastSeconds: Number.NaN,
          atMostSeconds: Number.NaN,
          asOfMs: null,
          shard: 7,
          owner: null,
        },
      ],
    },
    {
      applicationId: 2,
      kind: 'lifion',
      name: 'group',
      status: 'UNKNOWN',
      observedAtMs: 90_000,
      cells: [
        {
          status: null,
          atLeastSeconds: Number.NaN,
          atMostSeconds: Number.NaN,
          asOfMs: null,
          shard: null,
          owner: null,
        },
        {
          status: 'OK',
          atLeastSeconds: 0,
          atMostSeconds: 0,
          asOfMs: 90_000,
          shard: 0,
          owner: 'a',
        },
      ],
    },
  ],
  withoutLeases: 2,
};

test('rows go over the wire and back', () => {
  expect(unpackConsumerRows(JSON.parse(JSON.stringify(packConsumerRows(ROWS))))).toEqual(ROWS);
});
