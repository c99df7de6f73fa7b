import { describe, expect, it } from 'vitest';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { streamFacts } from './stream-facts.ts';

const row: StreamRow = {
  streamId: 1,
  connection: 'local',
  streamName: 'tweets',
  streamArn: 'arn:aws:kinesis:eu-west-1:000000000000:stream/tweets',
  createdAtMs: Date.UTC(2026, 10, 23, 7, 30),
  status: 'ACTIVE',
  mode: 'PROVISIONED',
  openShardCount: 12,
  consumerCount: 0,
  retentionHours: 168,
  encryption: 'NONE',
  shardMetricsOn: true,
  collection: { collectedAtMs: 0, cadenceSeconds: 5, failure: null },
  period: { startMs: 0, seconds: 5 },
  rates: {
    incomingBytesPerSecond: 1,
    incomingRecordsPerSecond: 1,
    outgoingBytesPerSecond: 1,
    outgoingRecordsPerSecond: 1,
    writeThrottledRecords: 0,
    readThrottledCalls: 0,
    iteratorAgeMs: 0,
  },
  hottest: { shardId: 'shardId-000000000003', limit: 'writeBytes', use: 0.9 },
  miniStrip: null,
  health: { level: 'ok', reason: 'Within its limits.' },
};
describe('streamFacts', () => {
  it('says days where retention is whole days', () => {
    const value = (of: StreamRow) =>
      streamFacts(of).find((fact) => fact.name === 'Retention')?.value;
    expect(value(row)).toBe('7 days');
    expect(value({ ...row, retentionHours: 24 })).toBe('24 h');
    expect(value({ ...row, retentionHours: 36 })).toBe('36 h');
  });

  it('says of which clock the time of creation is', () => {
    const created = streamFacts(row).find((fact) => fact.name === 'Created');
    expect(created?.value).toBe('2026-11-23 07:30 UTC');
  });

  it('names each fact once', () => {
    const names = streamFacts(row).map((fact) => fact.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
