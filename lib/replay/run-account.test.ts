import { describe, expect, test } from 'vitest';
import { addToLedger, EMPTY_LEDGER, ledgerFault } from '#lib/domain/replay/job/ledger.ts';
import { accountsOf, duplicateWords } from './run-account.ts';

const ledger = addToLedger(EMPTY_LEDGER, {
  objectsCompleted: 3,
  objectsWithQuarantine: 1,
  decoded: 900,
  emitted: 700,
  filtered: 150,
  deduplicated: 40,
  quarantined: 10,
  requests: 4,
  recordsIntended: 770,
  recordsAcknowledged: 700,
  recordsThrottled: 30,
  recordsInLostAnswers: 20,
  recordsInterrupted: 5,
});
const sum = (lines: readonly { readonly count: number }[]) =>
  lines.reduce((all, { count }) => all + count, 0);

describe('accountsOf', () => {
  test('both sides of each account come to the sum below them', () => {
    const outstanding = { settledInOpenObjects: 0, inFlight: 15 };
    for (const account of accountsOf(ledger, ledgerFault(ledger, outstanding))) {
      expect(sum(account.entered)).toBe(account.sums.entered);
      expect(sum(account.became)).toBe(account.sums.became);
      expect(account.sums.entered).toBe(account.sums.became);
      expect(account.fault).toBeNull();
    }
  });

  test('what is under way stands in its own line', () => {
    const [units, sends] = accountsOf({ ...ledger, decoded: 500 }, null);
    expect(units?.entered.find(({ key }) => key === 'open')?.count).toBe(400);
    expect(sends?.became.find(({ key }) => key === 'in-flight')?.count).toBe(15);
  });

  test('an account that does not balance says so, with both figures, and the other does not', () => {
    const fault = ledgerFault(
      { ...ledger, filtered: 149 },
      { settledInOpenObjects: 0, inFlight: 15 },
    );
    const [units, sends] = accountsOf({ ...ledger, filtered: 149 }, fault);
    expect(units?.fault).toContain('900 went in, 899 are accounted for');
    expect(units?.sums).toEqual({ entered: 900, became: 899 });
    expect(sends?.fault).toBeNull();
  });

  test('nothing is a share of nothing', () => {
    const [units] = accountsOf(EMPTY_LEDGER, null);
    expect(units?.became.map(({ share }) => share)).toEqual([null, null, null, null]);
  });
});

describe('duplicateWords', () => {
  test('says where they come from, or that there are none', () => {
    expect(duplicateWords(EMPTY_LEDGER)).toMatch(/^None/);
    expect(duplicateWords(ledger)).toContain('20 in requests whose answer was lost, 5 in');
    expect(duplicateWords({ ...ledger, recordsInterrupted: 0 })).not.toContain('worker');
  });
});
