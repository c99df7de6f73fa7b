import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TargetCheck, type TargetRecord } from './check.ts';
import { idIn, RecordMaker } from './made-record.ts';

const RECORDS = 40;
const maker = new RecordMaker({
  records: RECORDS,
  keys: { count: 4, zipf: null },
  payloadBytes: 80,
});
const whole: readonly TargetRecord[] = [...maker.from(0, RECORDS)];

function verdictOn(records: readonly TargetRecord[]) {
  const check = new TargetCheck(maker, RECORDS);
  for (const record of records) check.found(record);
  return check.verdict();
}

const WELL = {
  expected: RECORDS,
  arrived: RECORDS,
  lost: 0,
  duplicates: 0,
  strangers: 0,
  orderInversions: 0,
};

test('finds nothing wrong with the archive itself', () => {
  expect(verdictOn(whole)).toEqual(WELL);
});

test('counts what is missing and what is there again, whichever it is', () => {
  const kept = fc.array(fc.nat(3), { minLength: RECORDS, maxLength: RECORDS });
  fc.assert(
    fc.property(kept, (copies) => {
      const target = whole.flatMap((record, i) =>
        Array.from({ length: copies[i] ?? 0 }, () => record),
      );
      const lost = copies.filter((count) => count === 0).length;
      const duplicates = target.length - (RECORDS - lost);
      expect(verdictOn(target)).toEqual({ ...WELL, arrived: RECORDS - lost, lost, duplicates });
    }),
  );
});

test('knows a record that was changed by a byte, or has another key, for a stranger', () => {
  fc.assert(
    fc.property(fc.nat(RECORDS - 1), fc.nat(79), (at, byte) => {
      const [record] = whole.slice(at, at + 1);
      if (record === undefined) return;
      const data = Uint8Array.from(record.data);
      const place = byte % data.length;
      data[place] = (data[place] ?? 0) ^ 1;
      const others = whole.filter((_, i) => i !== at);
      const wanted = { ...WELL, arrived: RECORDS - 1, lost: 1, strangers: 1 };
      expect(verdictOn([...others, { ...record, data }])).toEqual(wanted);
      expect(verdictOn([...others, { ...record, partitionKey: 'another' }])).toEqual(wanted);
    }),
  );
});

test('sees two records of one key that have changed places, and not two of different keys', () => {
  const swapped = (a: number, b: number) =>
    whole.map((record, i) => whole[i === a ? b : i === b ? a : i] ?? record);
  expect(verdictOn(swapped(0, 4)).orderInversions).toBe(1);
  expect(verdictOn(swapped(0, 1)).orderInversions).toBe(0);
});

test('does not call a record that was sent again out of order', () => {
  const [first, ...others] = whole;
  if (first === undefined) throw new Error('There is no record.');
  expect(verdictOn([first, ...others, first])).toEqual({ ...WELL, duplicates: 1 });
});

test('a payload is JSON that tells its id and key, and no two are alike', () => {
  const payloads = whole.map(({ data }) => Buffer.from(data).toString());
  expect(new Set(payloads).size).toBe(RECORDS);
  for (const [id, payload] of payloads.entries()) {
    expect(JSON.parse(payload)).toMatchObject({ id, key: maker.at(id).partitionKey });
    expect(idIn(Buffer.from(payload))).toBe(id);
  }
});

test('a skew gives the first key its share by the law', () => {
  const keys = { count: 100, zipf: 1 };
  const skewed = new RecordMaker({ records: 20_000, keys, payloadBytes: 60 });
  let hottest = 0;
  for (const { partitionKey } of skewed.from(0, 20_000))
    hottest += Number(partitionKey === 'key-0');
  const harmonic = Array.from({ length: 100 }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b);
  expect(hottest / 20_000).toBeCloseTo(1 / harmonic, 1);
});
