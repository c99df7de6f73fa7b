import { expect, test } from 'vitest';
import { duplicatesReported, isBalanced, type ReceiptFigures } from './check-ledger.ts';

const RECEIPT: ReceiptFigures = {
  decoded: 10,
  emitted: 6,
  filtered: 1,
  deduplicated: 1,
  quarantined: 2,
  recordsIntended: 20,
  recordsAcknowledged: 6,
  recordsThrottled: 5,
  recordsFailed: 2,
  recordsInLostAnswers: 4,
  recordsInterrupted: 3,
};

test('a receipt balances when each record and each send is in it once', () => {
  expect(isBalanced(RECEIPT, 10)).toBe(true);
  expect(duplicatesReported(RECEIPT)).toBe(7);
});

test.each(Object.keys(RECEIPT) as (keyof ReceiptFigures)[])(
  'one more or one less in %s tips it',
  (figure) => {
    expect(isBalanced({ ...RECEIPT, [figure]: RECEIPT[figure] + 1 }, 10)).toBe(false);
    expect(isBalanced({ ...RECEIPT, [figure]: RECEIPT[figure] - 1 }, 10)).toBe(false);
  },
);

test('a receipt of another archive does not balance', () => {
  expect(isBalanced(RECEIPT, 11)).toBe(false);
});
