import { expect, it } from 'vitest';
import { hasOtherFolders, literalPrefix } from './archive-delivery.ts';

it.each([
  ['firehose/tweets/', 'firehose/tweets/', false],
  ['', '', false],
  ['raw/!{timestamp:yyyy/MM/dd}/', 'raw/', false],
  ['raw/c=!{partitionKeyFromQuery:customer}/!{timestamp:yyyy}/', 'raw/c=', true],
  ['!{firehose:random-string}/x/', '', true],
])('%s', (expression, literal, hasOthers) => {
  expect(literalPrefix(expression)).toBe(literal);
  expect(hasOtherFolders(expression)).toBe(hasOthers);
});
