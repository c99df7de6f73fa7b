import { expect, test } from 'vitest';
import { splitPatterns } from './split-patterns.ts';

test.each([
  ['orders-*, payments', ['orders-*', 'payments']],
  ['orders-{eu,us},payments', ['orders-{eu,us}', 'payments']],
  ['{a,{b,c}}-x,d', ['{a,{b,c}}-x', 'd']],
  ['a},b', ['a}', 'b']],
  [' , ', []],
])('%s', (text, patterns) => {
  expect(splitPatterns(text)).toEqual(patterns);
});
