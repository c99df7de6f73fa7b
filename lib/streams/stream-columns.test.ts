import { expect, test } from 'vitest';
import { STREAM_SORTS } from './row-order.ts';
import {
  COLUMN_FACTS,
  DEFAULT_COLUMNS,
  STREAM_COLUMNS,
  sameColumns,
  shownColumns,
  tableWidthMin,
} from './stream-columns.ts';

test('columns stand in their order, the fixed ones always, and strangers never', () => {
  expect(shownColumns(['age', 'nonsense', 'mode'])).toEqual(['health', 'name', 'mode', 'age']);
  expect(shownColumns([])).toEqual(['health', 'name']);
  expect(sameColumns(shownColumns(DEFAULT_COLUMNS), DEFAULT_COLUMNS)).toBe(true);
  expect(sameColumns(DEFAULT_COLUMNS, STREAM_COLUMNS)).toBe(false);
});

test('each order of the page has a column that asks for it', () => {
  const sorts = STREAM_COLUMNS.map((id) => COLUMN_FACTS[id].sort);
  for (const sort of STREAM_SORTS) expect(sorts).toContain(sort);
});

test('what is shown at first fits a page of 1,440 px with its gutters', () => {
  expect(tableWidthMin(DEFAULT_COLUMNS)).toBeLessThanOrEqual(1_392);
});
