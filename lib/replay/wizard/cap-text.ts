import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import { readPositive } from './number-field.ts';

const MEBIBYTE = 1_048_576;

/** Where only the other rate was capped: as good as none, as JSON knows no infinity. */
const NO_CAP = Number.MAX_SAFE_INTEGER;

/** A cap as it is typed; empty for none. */
export type CapText = { readonly mebibytes: string; readonly records: string };

export function capText(cap: Rates | null): CapText {
  const text = (rate: number, unit: number) =>
    rate >= NO_CAP ? '' : String(Number((rate / unit).toPrecision(6)));
  return cap === null
    ? { mebibytes: '', records: '' }
    : { mebibytes: text(cap.bytesPerSecond, MEBIBYTE), records: text(cap.recordsPerSecond, 1) };
}

/** @returns null where neither is capped; `false` where one of them is no rate */
export function readCap({ mebibytes, records }: CapText): Rates | null | false {
  if (mebibytes.trim() === '' && records.trim() === '') return null;
  const bytesRate = readRate(mebibytes, MEBIBYTE);
  const recordsRate = readRate(records, 1);
  if (bytesRate === null || recordsRate === null) return false;
  return { bytesPerSecond: bytesRate, recordsPerSecond: recordsRate };
}

function readRate(text: string, unit: number): number | null {
  if (text.trim() === '') return NO_CAP;
  const value = readPositive(text);
  return value === null ? null : value * unit;
}
