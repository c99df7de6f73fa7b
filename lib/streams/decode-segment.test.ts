import { expect, test } from 'vitest';
import { decodeSegment } from './decode-segment.ts';

test.each([
  ['tweets', 'tweets'],
  ['a%20b', 'a b'],
  ['100%25', '100%'],
  ['100%', '100%'],
  ['%E0%A4%A', '%E0%A4%A'],
])('%s is %s', (segment, name) => {
  expect(decodeSegment(segment)).toBe(name);
});
