import { describe, expect, it } from 'vitest';
import { streamCharts } from './stream-charts.ts';
import { historyOf } from './testing/history-of.ts';

describe('streamCharts', () => {
  it('lets the limit follow the number of open shards', () => {
    const history = { ...historyOf(3), openShardCount: [4, null, 8] };
    const { bytes } = streamCharts(history, 900_000);
    expect(bytes.limits[0]?.values).toEqual([4 * 1_048_576, null, 8 * 1_048_576]);
    expect(bytes.limits[1]?.values).toEqual([8 * 1_048_576, null, 16 * 1_048_576]);
  });
});
