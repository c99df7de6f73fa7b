import { expect, test } from 'vitest';
import { monthlyPrice } from './stream-price.ts';

// Figures by hand from aws.amazon.com/kinesis/data-streams/pricing, us-east-1, 730 hours a month.
test('provisioned: $0.015 a shard and hour', () => {
  const price = monthlyPrice({ mode: 'PROVISIONED', shardCount: 4, retentionHours: 24 });
  expect(price.dollars).toBeCloseTo(43.8, 6);
  expect(price.parts).toHaveLength(1);
});

test('above 24 h of retention: $0.020 a shard and hour more, whatever the hours', () => {
  for (const retentionHours of [25, 168, 8_760]) {
    const price = monthlyPrice({ mode: 'PROVISIONED', shardCount: 4, retentionHours });
    expect(price.dollars).toBeCloseTo(102.2, 6);
  }
});

test('above 7 days what is stored costs too, which nobody knows beforehand', () => {
  const uses = (retentionHours: number) =>
    monthlyPrice({ mode: 'PROVISIONED', shardCount: 1, retentionHours }).byUse.join();
  expect(uses(168)).not.toContain('7 days');
  expect(uses(169)).toContain('$0.023 a GB and month');
});

test('on-demand: $0.04 an hour and stream, however many shards, and by use', () => {
  const price = monthlyPrice({ mode: 'ON_DEMAND', shardCount: 100, retentionHours: 48 });
  expect(price.dollars).toBeCloseTo(29.2, 6);
  expect(price.byUse).toContain('GB written and read');
  expect(price.byUse).toContain('GB kept above 24 h');
});
