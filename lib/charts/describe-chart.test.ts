import { describe, expect, it } from 'vitest';
import { demandWords, describeChart, describePeriod, periodWords } from './describe-chart.ts';
import { shardCharts } from './shard-charts.ts';
import type { StreamHistory } from './stream-history.ts';
import { historyOf } from './testing/history-of.ts';

const slots = new Map([
  ['shardId-000000000003', 0],
  ['shardId-000000000007', 1],
]);

function bytesOf(history: StreamHistory) {
  const window = { lengthMs: 900_000, toMs: null };
  const model = shardCharts(history, slots, window, 24).find(({ key }) => key === 'bytes');
  if (model === undefined) throw new Error('There is a chart of bytes.');
  return model;
}

describe('describeChart', () => {
  it('says the newest period against the limit', () => {
    expect(describeChart(bytesOf(historyOf(2)))).toBe(
      'Bytes in per shard, against the limit of a shard 1.00 MiB/s. Newest period 00:00:05–00:00:10 UTC: …0003 0.97 MiB/s, …0007 0.40 MiB/s',
    );
  });

  it('tells times in the zone of the reader', () => {
    expect(describePeriod(bytesOf(historyOf(1)), 0, 'Asia/Kolkata')).toMatch(
      /^05:30:00–05:30:05 GMT\+5:30: /,
    );
  });

  it('says that nothing was read', () => {
    expect(describeChart(bytesOf(historyOf(0)))).toContain('nothing has been read yet');
  });
});

describe('periodWords', () => {
  it('says the day of what lies on another one', () => {
    const daily = { ...historyOf(3), periodSeconds: 86_400 };
    const model = bytesOf({ ...daily, periodStartMs: [0, 86_400_000, 172_800_000] });
    expect(periodWords(model, 0)).toBe('01-01 00:00:00–00:00:00 UTC');
    expect(periodWords(model, 2)).toBe('00:00:00–00:00:00 UTC');
  });

  it('says how far a period has come that is not over', () => {
    const model = bytesOf({ ...historyOf(2), periodSeconds: 300, partialSeconds: 100 });
    expect(periodWords(model, 1)).toBe('00:00:05–00:05:05 UTC, 100 s of it so far');
    expect(periodWords(model, 0)).not.toContain('so far');
  });
});

describe('demandWords', () => {
  const model = bytesOf(historyOf(2, (i) => [i * 10, 0]));

  it('says that at least what was taken was wanted, where records were refused', () => {
    expect(demandWords(model, 1)).toBe('demand of …0003 ≥ 0.97 MiB/s, as records were refused');
    expect(describePeriod(model, 1)).toContain('demand of …0003 ≥');
  });

  it('says nothing where nothing was refused', () => {
    expect(demandWords(model, 0)).toBeNull();
  });
});
