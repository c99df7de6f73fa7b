import { describe, expect, it } from 'vitest';
import { capText, readCap } from './cap-text.ts';

describe('readCap', () => {
  it('reads both rates, or one of them, or none', () => {
    expect(readCap({ mebibytes: '0.5', records: '200' })).toEqual({
      bytesPerSecond: 524_288,
      recordsPerSecond: 200,
    });
    expect(readCap({ mebibytes: '', records: ' ' })).toBeNull();
    const one = readCap({ mebibytes: '', records: '200' });
    expect(one).toEqual({ bytesPerSecond: Number.MAX_SAFE_INTEGER, recordsPerSecond: 200 });
    expect(readCap({ mebibytes: 'fast', records: '' })).toBe(false);
    expect(readCap({ mebibytes: '0', records: '' })).toBe(false);
  });

  it('reads back what it shows', () => {
    for (const text of [
      { mebibytes: '0.5', records: '' },
      { mebibytes: '', records: '200' },
      { mebibytes: '12', records: '34' },
      { mebibytes: '', records: '' },
    ]) {
      const cap = readCap(text);
      if (cap === false) throw new Error('these are caps');
      expect(capText(cap)).toEqual(text);
    }
  });
});
