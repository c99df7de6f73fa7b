import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFaults, type FaultRule } from './faults.ts';

const put = { operation: 'PutRecords', streamName: 'tweets' };

function effectsOf(rules: readonly FaultRule[], count: number, seed = 1) {
  const faults = createFaults(seed);
  for (const rule of rules) {
    faults.addFault(rule);
  }
  return Array.from({ length: count }, () => faults.next(put)?.type ?? null);
}

describe('faults', () => {
  it('hit what they name, and nothing else', () => {
    const faults = createFaults();
    faults.addFault({ effect: { type: 'reset' }, operation: 'PutRecords', streamName: 'tweets' });
    expect(faults.next({ operation: 'GetRecords', streamName: 'tweets' })).toBeNull();
    expect(faults.next({ operation: 'PutRecords', streamName: 'other' })).toBeNull();
    expect(faults.next({ operation: 'PutRecords', streamName: null })).toBeNull();
    expect(faults.next(put)).toEqual({ type: 'reset' });
  });

  it('end after their count, and the next rule follows', () => {
    const rules: FaultRule[] = [
      { effect: { type: 'throttle' }, count: 2 },
      { effect: { type: 'error' }, count: 1 },
    ];
    expect(effectsOf(rules, 4)).toEqual(['throttle', 'throttle', 'error', null]);
  });

  it('are listed with their hits until they are cleared', () => {
    const faults = createFaults();
    const { id } = faults.addFault({ effect: { type: 'throttle' } });
    faults.next(put);
    expect(faults.listFaults()).toEqual([{ id, hits: 1, effect: { type: 'throttle' } }]);
    faults.clearFaults();
    expect(faults.listFaults()).toEqual([]);
    expect(faults.next(put)).toBeNull();
  });

  it('fall in the same places for the same seed, in about their share of requests', () => {
    fc.assert(
      fc.property(fc.integer(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, probability) => {
        const rules: FaultRule[] = [{ effect: { type: 'error' }, probability }];
        const effects = effectsOf(rules, 2_000, seed);
        expect(effectsOf(rules, 2_000, seed)).toEqual(effects);
        const share = effects.filter((effect) => effect !== null).length / effects.length;
        expect(Math.abs(share - probability)).toBeLessThan(0.1);
      }),
      { numRuns: 20 },
    );
  });

  it.each<FaultRule>([
    { effect: { type: 'error' }, probability: 1.1 },
    { effect: { type: 'error' }, probability: Number.NaN },
    { effect: { type: 'error' }, count: 0 },
    { effect: { type: 'stall', ms: -1 } },
  ])('refuse %j', (rule) => {
    expect(() => createFaults().addFault(rule)).toThrow(RangeError);
  });
});
