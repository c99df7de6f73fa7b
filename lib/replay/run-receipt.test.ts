import { expect, test } from 'vitest';
import { inversionFact } from './run-receipt.ts';

test('records out of order are counted as far as it is known, and what was not compared is said', () => {
  const whole = { records: 0, isWithinSlicesOnly: false, takeovers: 0 };
  expect(inversionFact(whole)).toEqual({
    value: '0',
    detail: 'Records acknowledged after a later one of their key.',
  });
  const parted = inversionFact({ records: 1_200, isWithinSlicesOnly: true, takeovers: 3 });
  expect(parted.value).toBe('1,200 at least');
  expect(parted.detail).toContain('slices are sent side by side');
  expect(parted.detail).toContain('change of worker (3)');
  expect(inversionFact({ ...whole, records: null }).value).toBe('unknown');
});
