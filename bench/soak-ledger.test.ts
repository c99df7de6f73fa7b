import { describe, expect, it } from 'vitest';
import { SoakLedger } from './soak-ledger.ts';

const READERS = 2;

/** A ledger in which serials 1 to `accepted` of one key were put, each a second after the one before. */
function ledgerOf(accepted: number): SoakLedger {
  const ledger = new SoakLedger(READERS);
  for (let serial = 1; serial <= accepted; serial += 1) {
    ledger.accept('k', {
      serial,
      shardId: 'shardId-000000000000',
      sequenceNumber: BigInt(serial * 10),
      acceptedAtMs: serial * 1_000,
    });
  }
  return ledger;
}

const read = (ledger: SoakLedger, reader: number, ...serials: readonly number[]) =>
  serials.map((serial) => ledger.read(reader, 'k', serial, BigInt(serial * 10)));

describe('the ledger of a soak', () => {
  it('finds nothing where every reader reads all in order', () => {
    const ledger = ledgerOf(3);
    expect(read(ledger, 0, 1, 2, 3)).toEqual([0, 0, 0]);
    expect(ledger.backlogRecords).toBe(3);
    expect(read(ledger, 1, 1, 2, 3)).toEqual([0, 0, 0]);
    expect(ledger.backlogRecords).toBe(0);
    expect(ledger.counts()).toEqual({
      acceptedRecords: 3,
      readRecords: 6,
      duplicateRecords: 0,
      outOfOrder: 0,
      corruptRecords: 0,
    });
    expect([...ledger.missing(0), ...ledger.missing(1)]).toEqual([]);
  });

  it('names what a reader has passed over, also when the other has read it', () => {
    const ledger = ledgerOf(5);
    read(ledger, 0, 1, 2, 3, 4, 5);
    expect(read(ledger, 1, 1, 4)).toEqual([0, 2]);
    const gap = ledger.gapBelow('k', 4, 2);
    expect(gap.receipts.map(({ serial }) => serial)).toEqual([2, 3]);
    const [missing] = ledger.missing(1);
    expect(missing?.receipts.map(({ serial }) => serial)).toEqual([5]);
  });

  it('counts what comes before something that came already', () => {
    const ledger = ledgerOf(3);
    read(ledger, 0, 1, 3, 2);
    expect(ledger.counts().outOfOrder).toBe(1);
    ledger.read(1, 'k', 1, 50n);
    ledger.read(1, 'k', 2, 40n);
    expect(ledger.counts().outOfOrder).toBe(2);
  });

  it('lets a record come twice only where its put was repeated', () => {
    const ledger = ledgerOf(2);
    ledger.repeat('k', 1);
    ledger.read(0, 'k', 1, 10n);
    ledger.read(0, 'k', 1, 11n);
    expect(ledger.counts()).toMatchObject({ duplicateRecords: 1, outOfOrder: 0 });
    ledger.read(0, 'k', 2, 20n);
    ledger.read(0, 'k', 2, 21n);
    expect(ledger.counts()).toMatchObject({ duplicateRecords: 1, outOfOrder: 1 });
  });

  it('knows how long a record has waited for the slowest reader', () => {
    const ledger = ledgerOf(3);
    expect(ledger.oldestUnreadAgeMs(10_000)).toBe(9_000);
    read(ledger, 0, 1, 2, 3);
    read(ledger, 1, 1);
    expect(ledger.oldestUnreadAgeMs(10_000)).toBe(8_000);
    read(ledger, 1, 2, 3);
    expect(ledger.oldestUnreadAgeMs(10_000)).toBe(0);
  });
});
