import { expect, it } from 'vitest';
import { pulseOf, viewInput, viewKey } from './pulse.ts';

const frame = { periodStartMs: 5_000, periodSeconds: 5, collectedAtMs: 11_000 };
const pulse = pulseOf(1, { topologyId: 2 }, frame);
const at = { periodStartMs: 0, periodSeconds: 5 };

it('asks for figures that are at least as new as what was heard of', () => {
  expect(viewInput(pulse, null)).toEqual({ streamId: 1, at: null, heardMs: 5_000 });
  expect(viewInput(pulse, at)).toEqual({ streamId: 1, at, heardMs: null });
});

it('asks again with each period, each reading and each topology', () => {
  const others = [
    pulseOf(1, { topologyId: 2 }, { ...frame, periodStartMs: 10_000 }),
    pulseOf(1, { topologyId: 2 }, { ...frame, collectedAtMs: 12_000 }),
    pulseOf(1, { topologyId: 3 }, null),
    pulseOf(4, { topologyId: 2 }, frame),
  ];
  const keys = [pulse, ...others].map((each) => viewKey(each, null));
  expect(new Set(keys).size).toBe(keys.length);
});

it('a past period stays what it was, whatever comes', () => {
  const later = pulseOf(1, { topologyId: 3 }, { ...frame, periodStartMs: 10_000 });
  expect(viewKey(later, at)).toBe(viewKey(pulse, at));
});
