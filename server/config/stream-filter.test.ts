import { expect, test } from 'vitest';
import { streamFilter } from './stream-filter.ts';

test.each([
  [[], [], 'anything', true],
  [['orders-*'], [], 'orders-eu', true],
  [['orders-*'], [], 'payments', false],
  [[], ['tmp-*', '*-test'], 'orders-test', false],
  [['orders-*'], ['*-test'], 'orders-test', false],
  [[], ['*-test'], '.orders_v1-test', false],
  [['a.b_*'], [], 'a.b_c.d', true],
  [['{orders,payments}-*'], [], 'payments-us', true],
])('include %j, exclude %j: %s is %s', (include, exclude, name, taken) => {
  expect(streamFilter(include, exclude)(name)).toBe(taken);
});
