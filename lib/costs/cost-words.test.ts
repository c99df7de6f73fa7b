import { describe, expect, it } from 'vitest';
import {
  budgetWords,
  formatCallRate,
  formatCost,
  metricsPerDay,
  shardMetricsDollarsPerMonth,
  stretchedStreamsWords,
  stretchedWords,
} from './cost-words.ts';
import type { ConnectionCosts, StreamCosts } from './costs-view.ts';

const NOON_MS = 43_200_000;

const stream: StreamCosts = {
  streamId: 1,
  streamName: 'tweets',
  cadenceSeconds: 720,
  wantedCadenceSeconds: 60,
  metricsPerReading: 19,
  metricsToday: 1_900,
  openShardCount: 12,
  shardMetrics: [],
};

const costs: ConnectionCosts = {
  connection: 'production',
  source: 'AWS',
  charged: true,
  budgetDollarsPerDay: 1,
  dayStartMs: 0,
  metricsToday: 42_000,
  days: [],
  streams: [stream],
};

describe('costs', () => {
  it('reckons a day at the present cadence', () => {
    // 120 readings of 19 metrics.
    expect(metricsPerDay(stream)).toBe(2_280);
    expect(metricsPerDay({ ...stream, metricsPerReading: null })).toBeNull();
  });

  it('says what is spent of the budget', () => {
    // At noon half of 2,280 metrics are to come: 42,000 + 1,140.
    expect(budgetWords({ ...costs, metricsToday: 42_000 }, NOON_MS)).toBe(
      '$0.42 of $1.00 on this day (UTC); by its end $0.43 at the present cadence.',
    );
    expect(budgetWords({ ...costs, budgetDollarsPerDay: null }, NOON_MS)).toContain('no budget');
    expect(budgetWords({ ...costs, charged: false, source: 'embedded world' }, NOON_MS)).toMatch(
      /^Free: the embedded world charges nothing/,
    );
  });

  it('never stretches a cadence silently', () => {
    const cadence = { ...stream, budgetDollarsPerDay: 1, charged: true };
    expect(stretchedWords(cadence)).toBe(
      'Read each 12 min instead of each 1 min, to keep $1.00 a day for all streams of its connection.',
    );
    expect(stretchedWords({ ...cadence, cadenceSeconds: 60 })).toBeNull();
    // 10,000 shards x 7 metrics and 7 of the stream: $0.70 a reading.
    expect(
      stretchedWords({ ...cadence, metricsPerReading: 70_007, budgetDollarsPerDay: 0.5 }),
    ).toMatch(
      /^Not read: one reading asks for 70,007 metrics \(\$0\.70\), more than .* \$0\.50 a day/,
    );
    expect(
      stretchedStreamsWords({
        connection: 'production',
        budgetDollarsPerDay: 1,
        stretched: 490,
        streams: 500,
        slowestCadenceSeconds: 10_800,
      }),
    ).toContain('490 streams of 500 streams are read more rarely');
  });

  it('tells what shard-level metrics cost apart', () => {
    const on: StreamCosts = { ...stream, shardMetrics: ['IncomingBytes', 'IncomingRecords'] };
    // 24 custom metrics at $0.30.
    expect(shardMetricsDollarsPerMonth(on)).toBeCloseTo(7.2, 9);
  });

  it('writes rates of calls without digits that say nothing', () => {
    expect([0, 0.001, 0.2, 50, 1_000].map(formatCallRate)).toEqual([
      '0',
      '< 0.01',
      '0.2',
      '50',
      '1,000',
    ]);
  });

  it('writes small money so that it can be read', () => {
    expect([0, 0.00002, 0.00123, 0.0274, 0.42, 12, 2_160].map(formatCost)).toEqual([
      '$0',
      '< $0.0001',
      '$0.0012',
      '$0.027',
      '$0.42',
      '$12.00',
      '$2,160',
    ]);
  });
});
