import { describe, expect, it } from 'vitest';
import { stack } from './stack.ts';

describe('stack', () => {
  it('adds up from below and keeps gaps', () => {
    expect(stack([{ values: [1, null, null] }, { values: [2, 3, null] }])).toEqual([
      [1, null, null],
      [3, 3, null],
    ]);
  });
});
