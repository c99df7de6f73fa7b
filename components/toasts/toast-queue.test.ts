import { expect, test } from 'vitest';
import { hasToasts, onToast, showToast, takeToasts } from './toast-queue.ts';

test('a toast waits until somebody shows it, and is shown once', () => {
  let heard = 0;
  const leave = onToast(() => {
    heard += 1;
  });
  expect(hasToasts()).toBe(false);
  showToast({ title: 'Created', message: 'orders' });
  expect([hasToasts(), heard]).toEqual([true, 1]);
  expect(takeToasts()).toEqual([{ title: 'Created', message: 'orders' }]);
  expect(takeToasts()).toEqual([]);
  leave();
  showToast({ title: 'Deleted', message: 'orders' });
  expect(heard).toBe(1);
});
