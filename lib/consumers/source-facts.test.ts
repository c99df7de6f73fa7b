import { expect, test } from 'vitest';
import { sourceFacts } from './source-facts.ts';

const mapping = {
  uuid: 'u-1',
  state: 'Enabled',
  consumerName: 'dashboards',
  batchSize: 100,
  parallelizationFactor: 2,
  lastResult: 'OK',
};

test('says where a consumer is found, by names that AWS knows', () => {
  expect(
    sourceFacts({
      kind: 'kcl',
      tableName: 'quota-worker',
      workersTable: null,
      isMultiStream: true,
      boundBy: 'name',
    }).map(({ value }) => value),
  ).toEqual(['quota-worker', 'the name that its leases bear', 'several in one table']);
  expect(
    sourceFacts({
      kind: 'lambda',
      functionName: 'f',
      functionArn: 'arn:f',
      mappings: [mapping],
      alsoReads: ['clicks'],
    }).map(({ value }) => value),
  ).toEqual([
    'arn:f',
    'u-1, Enabled, by fan-out as dashboards, batches of 100, 2 at once a shard, OK',
    'this stream and clicks',
  ]);
  expect(
    sourceFacts({
      kind: 'enhanced-fan-out',
      consumerName: 'dashboards',
      consumerArn: 'arn:c',
      status: 'ACTIVE',
      registeredAtMs: 0,
      usedBy: { kind: 'lambda', name: 'f' },
    }),
  ).toContainEqual({ name: 'Used by', value: 'f' });
});
