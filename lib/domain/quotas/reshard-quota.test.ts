import { expect, test } from 'vitest';
import { reshardQuota } from './reshard-quota.ts';

test('of ten calls in 24 hours, each change that was seen may have been one', () => {
  expect(reshardQuota(0)).toEqual({ seen: 0, leftAtLeast: 10 });
  expect(reshardQuota(4)).toEqual({ seen: 4, leftAtLeast: 6 });
  expect(reshardQuota(13)).toEqual({ seen: 13, leftAtLeast: 0 });
});
