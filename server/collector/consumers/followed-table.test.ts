import { expect, test } from 'vitest';
import { TEST_CONSUMERS } from '#server/testing/embedded-connection.ts';
import { followTable, formerStream, setReadCapacity } from './followed-table.ts';

const nothing = { binding: null, boundByHand: null };
const reading = { ...TEST_CONSUMERS, tableShare: 0.1, onDemandUnitsPerSecond: 25 };

test('a table is read within its share of what is provisioned, and of what is provisioned later', () => {
  const table = followTable('orders', 'kcl', 10, reading, nothing);
  expect(table.pace.unitsPerSecond).toBe(1);
  setReadCapacity(table, 400, reading);
  expect(table.pace.unitsPerSecond).toBe(40);
  // On demand there is nothing to take a share of.
  setReadCapacity(table, null, reading);
  expect(table.pace.unitsPerSecond).toBe(25);
  const { pace } = table;
  setReadCapacity(table, null, reading);
  expect(table.pace).toBe(pace);
});

test('rows were found to be of a stream only where that was settled', () => {
  const binding = [
    { name: null, binding: { kind: 'bound', streamId: 3, by: 'creation' } },
    { name: 'a', binding: { kind: 'none', reason: 'no-such-stream' } },
  ] as const;
  const table = followTable('orders', 'kcl', null, reading, { binding, boundByHand: null });
  expect(formerStream(table, null)).toBe(3);
  expect(formerStream(table, 'a')).toBeNull();
  expect(formerStream(table, 'b')).toBeNull();
});
