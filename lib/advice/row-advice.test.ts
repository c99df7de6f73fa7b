import { describe, expect, it } from 'vitest';
import type { Health } from '#lib/domain/health.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { streamRatesOf, streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import { rowAdvice, worstOfRow } from './row-advice.ts';

const row = streamRowOf({ retentionHours: 168 });
const rates = (change: Parameters<typeof streamRatesOf>[0]): StreamRow => ({
  ...row,
  rates: streamRatesOf(change),
});

describe('rowAdvice', () => {
  it('has none where nothing needs doing', () => {
    expect(rowAdvice(row, row.health)).toBeNull();
  });

  it('does not speak of last figures where there are none', () => {
    const unknown: Health = { level: 'unknown', reason: '' };
    expect(rowAdvice(row, unknown)).toContain('last figures');
    expect(rowAdvice({ ...row, period: null }, unknown)).toContain('first full period');
  });

  it('does not call figures old that were read while something else failed', () => {
    const failure = { sinceMs: 10_000, message: 'ListShards was throttled.' };
    const reading = (collectedAtMs: number): StreamRow => ({
      ...row,
      collection: { collectedAtMs, cadenceSeconds: 5, failure },
    });
    const unknown: Health = { level: 'unknown', reason: failure.message };
    expect(rowAdvice(reading(15_001), unknown)).toContain('the list of shards');
    expect(rowAdvice(reading(15_000), unknown)).toContain('last figures');
    expect(rowAdvice(reading(9_999), unknown)).toContain('last figures');
  });

  it('tells apart many keys and one where records are refused', () => {
    const advice = rowAdvice(rates({ writeThrottledRecords: 812 }), {
      level: 'critical',
      reason: '812 records refused in 5 s.',
    });
    expect(advice).toBe(
      'If many keys share …\u20600003, split it. If a single key fills it, no split helps: spread the key (salt it), or put more into each record.',
    );
  });

  it('does not tell an on-demand stream to be split', () => {
    const onDemand: StreamRow = { ...rates({ writeThrottledRecords: 5 }), mode: 'ON_DEMAND' };
    expect(rowAdvice(onDemand, { level: 'critical', reason: '' })).not.toContain('split');
    expect(rowAdvice({ ...row, mode: 'ON_DEMAND' }, { level: 'warning', reason: '' })).toBe(
      'Nothing to do yet: on-demand streams grow by themselves.',
    );
  });

  it('says what helps a reader that nears the end of retention', () => {
    expect(
      rowAdvice(rates({ iteratorAgeMs: 100 * 3_600_000 }), {
        level: 'critical',
        reason: 'A reader is behind.',
      }),
    ).toContain('Raise the retention');
  });

  it('answers the reason that was given, not another trouble of the same period', () => {
    const behind = rates({ writeThrottledRecords: 812, iteratorAgeMs: 100 * 3_600_000 });
    expect(rowAdvice(behind, { level: 'critical', reason: 'A reader is behind.' })).toContain(
      'Raise the retention',
    );
    const polled: StreamRow = {
      ...rates({ readThrottledCalls: 3 }),
      hottest: { shardId: 'shardId-000000000002', limit: 'readBytes', use: 0.03 },
    };
    expect(
      rowAdvice(polled, { level: 'warning', reason: '3 GetRecords calls refused in 5 s.' }),
    ).toContain('read less often');
  });

  it('does not plan splits of a stream that is being deleted', () => {
    const deleting: StreamRow = { ...row, status: 'DELETING', hottest: null };
    const health = { level: 'warning', reason: 'Being deleted.' } as const;
    expect(rowAdvice(deleting, health)).not.toContain('split');
    const refusing = { ...deleting, rates: streamRatesOf({ writeThrottledRecords: 900 }) };
    expect(worstOfRow(refusing, health)).toBeNull();
    expect(rowAdvice(refusing, health)).toContain('AWS takes no more records');
  });

  it('warns before a shard refuses', () => {
    expect(rowAdvice(row, { level: 'warning', reason: '' })).toBe(
      'Plan to split …\u20600003 before it refuses records.',
    );
  });
});

it('names all shards that refuse, and not the busiest alone', () => {
  const refusing = {
    ...row,
    rates: streamRatesOf({ writeThrottledRecords: 900 }),
    refusingShardIds: ['shardId-000000000004', 'shardId-000000000001'],
  };
  const words = worstOfRow(refusing, { level: 'critical', reason: '' })?.words;
  expect(words?.title).toMatch(/^Shards \S+0004 and \S+0001 refuse records$/);
  expect(words?.todo).toContain('split that shard');
});
