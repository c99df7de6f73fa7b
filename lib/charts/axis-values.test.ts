import { describe, expect, it } from 'vitest';
import { axisSteps, axisTexts } from './axis-values.ts';

describe('axisTexts', () => {
  it('writes one unit, at the top', () => {
    expect(axisTexts('bytesPerSecond', [0, 262_144, 524_288, 786_432, 1_048_576])).toEqual([
      '0',
      '0.25',
      '0.5',
      '0.75',
      '1 MiB/s',
    ]);
    expect(axisTexts('recordsPerSecond', [0, 500, 1_000])).toEqual(['0', '500', '1,000 rec/s']);
    expect(axisTexts('records', [0, 20_000])).toEqual(['0', '20 k rec']);
  });

  it('steps in whole parts of binary units', () => {
    expect(axisSteps('bytesPerSecond')).toContain(262_144);
    expect(axisSteps('records').slice(0, 6)).toEqual([1, 2, 5, 10, 20, 50]);
  });
});
