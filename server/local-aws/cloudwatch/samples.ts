import { addValue } from '#server/local-aws/metering/value-counts.ts';
import type { Samples } from './custom-metrics.ts';

/** One value, or several with how often each was measured; their distribution is known. Needs at least one. */
export function samplesOfValues(
  values: readonly (readonly [value: number, samples: number])[],
): Samples {
  const valueCounts = new Map<number, number>();
  let sum = 0;
  let sampleCount = 0;
  for (const [value, samples] of values) {
    addValue(valueCounts, value, samples);
    sum += value * samples;
    sampleCount += samples;
  }
  const alone = values.map(([value]) => value);
  return {
    sum,
    sampleCount,
    minimum: Math.min(...alone),
    maximum: Math.max(...alone),
    valueCounts,
  };
}
