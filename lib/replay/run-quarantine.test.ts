import { expect, test } from 'vitest';
import { quarantinePlace } from './run-quarantine.ts';

const row = { first: 11, last: 11, start: 3_400, end: 3_922, sub: null };

test('a place counts records from 1, and names the first and the last byte', () => {
  expect(quarantinePlace(row)).toBe('record 12, bytes 3,400 to 3,921 once decompressed');
  expect(quarantinePlace({ ...row, sub: 1 })).toContain('record 12, its part 2 of the aggregate');
});

test('what was not read has no bytes', () => {
  expect(quarantinePlace({ ...row, last: 39, start: null, end: null })).toBe('records 12 to 40');
  expect(quarantinePlace({ ...row, start: 5, end: 5 })).toBe('record 12');
});
