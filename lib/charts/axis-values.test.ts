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
    expect(axisTexts('calls', [0, 5, 10])).toEqual(['0', '5', '10 calls']);
    expect(axisTexts('milliseconds', [0, 500, 1_000])).toEqual(['0', '0.5', '1 s']);
    expect(axisTexts('milliseconds', [0, 12 * 3_600_000, 24 * 3_600_000])).toEqual([
      '0',
      '12',
      '24 h',
    ]);
    expect(axisTexts('share', [0.99, 0.995, 1])).toEqual(['99', '99.5', '100 %']);
  });

  it('steps in whole parts of binary units', () => {
    expect(axisSteps('bytesPerSecond')).toContain(262_144);
    expect(axisSteps('records').slice(0, 6)).toEqual([1, 2, 5, 10, 20, 50]);
  });
});
