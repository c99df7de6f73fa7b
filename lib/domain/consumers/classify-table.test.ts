import { expect, test } from 'vitest';
import { classifyTable, workersTableOf } from './classify-table.ts';

const table = (tableName: string, hashKey: string | null, rangeKey: string | null = null) => ({
  tableName,
  hashKey,
  rangeKey,
  createdAtMs: 0,
  readCapacity: null,
  itemCount: 0,
});

test.each([
  [table('quota-worker', 'leaseKey'), 'kcl'],
  [table('lifion-kinesis-state', 'consumerGroup', 'streamName'), 'lifion'],
  [table('elsewhere', 'consumerGroup', 'streamName'), 'lifion'],
  [table(workersTableOf('quota-worker'), 'wid'), 'workers'],
  [table('quota-worker-CoordinatorState', 'key'), 'other'],
  [table('badges', 'wid'), 'other'],
  [table('leases', 'leaseKey', 'owner'), 'other'],
  [table('groups', 'consumerGroup'), 'other'],
  [table('odd', null), 'other'],
])('%o is of %s', (given, layout) => {
  expect(classifyTable(given)).toBe(layout);
});
