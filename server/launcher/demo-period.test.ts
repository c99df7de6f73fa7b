import { expect, test } from 'vitest';
import { demoPeriodSeconds } from './demo-period.ts';
import { UserError } from './user-error.ts';

const of = (text: string) => demoPeriodSeconds({ LOCAL_AWS_METRICS_PERIOD_SECONDS: text });

test('a period is 5 s, unless the environment says otherwise', () => {
  expect(demoPeriodSeconds({})).toBe(5);
  expect(of('')).toBe(5);
  expect(of('2')).toBe(2);
  expect(of('60')).toBe(60);
});

test('what does not divide a minute is refused', () => {
  for (const text of ['0', '7', '120', '2.5', '-5', 'soon']) {
    expect(() => of(text), text).toThrow(UserError);
  }
});
