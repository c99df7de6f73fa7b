import { describe, expect, test } from 'vitest';
import { HEALTH_THRESHOLDS, type HealthFacts, streamHealth } from './health.ts';

const FINE: HealthFacts = {
  status: 'ACTIVE',
  freshness: 'fresh',
  failureMessage: null,
  retentionHours: 24,
  writeThrottledRecords: 0,
  writeAcceptedRecords: 1_000,
  readThrottledCalls: 0,
  periodSeconds: 60,
  hottest: { shardId: 'shardId-000000000003', limit: 'writeBytes', use: 0.5 },
  iteratorAgeMs: 0,
  consumer: null,
};

const judge = (facts: Partial<HealthFacts>) =>
  streamHealth({ ...FINE, ...facts }, HEALTH_THRESHOLDS);

describe('the health of a stream', () => {
  test('is ok within its limits, also where CloudWatch is silent', () => {
    expect(judge({})).toEqual({ level: 'ok', reason: 'Within its limits.' });
    const silent = {
      writeThrottledRecords: null,
      writeAcceptedRecords: null,
      readThrottledCalls: null,
      hottest: null,
      iteratorAgeMs: null,
    };
    expect(judge(silent).level).toBe('ok');
  });

  test('is unknown, whatever the figures say, while they are not of now', () => {
    const bad = {
      writeThrottledRecords: 500,
      failureMessage: 'CloudWatch refuses the connection.',
    };
    expect(judge({ ...bad, freshness: 'stale' })).toEqual({
      level: 'unknown',
      reason: 'CloudWatch refuses the connection.',
    });
    expect(judge({ freshness: 'unknown' })).toEqual({
      level: 'unknown',
      reason: 'No figures have been read yet.',
    });
  });

  test('is unknown while no period has been read of its present shards, as after a reshard', () => {
    const unread = {
      periodSeconds: null,
      writeThrottledRecords: null,
      writeAcceptedRecords: null,
      readThrottledCalls: null,
      hottest: null,
      iteratorAgeMs: null,
    };
    expect(judge(unread)).toEqual({
      level: 'unknown',
      reason: 'No period has been read of its present shards yet.',
    });
    expect(judge({ ...unread, status: 'UPDATING' }).level).toBe('unknown');
    expect(judge({ ...unread, status: 'CREATING' }).level).toBe('ok');
  });

  test('is as its worst consumer is, between what is lost and what is only near', () => {
    const stalls = { level: 'critical', reason: 'quota-worker stands still.' } as const;
    const slow = { level: 'warning', reason: 'quota-worker falls behind.' } as const;
    expect(judge({ consumer: stalls, writeThrottledRecords: 900 })).toBe(stalls);
    expect(judge({ consumer: slow })).toBe(slow);
    expect(judge({ consumer: slow, writeThrottledRecords: 1 }).reason).toContain('refused');
    expect(judge({ consumer: stalls, freshness: 'stale' }).level).toBe('unknown');
  });

  test('needs somebody when a reader passes half of retention', () => {
    const halfMs = 12 * 3_600_000;
    expect(judge({ iteratorAgeMs: halfMs }).level).toBe('ok');
    const behind = judge({ iteratorAgeMs: halfMs + 1 });
    expect(behind.level).toBe('critical');
    expect(behind.reason).toContain('50 % of retention');
  });

  test.each([
    [10, 1_000, 'warning'],
    [10, 990, 'critical'],
    [1, 0, 'critical'],
    [1, null, 'critical'],
  ] as const)('%i refused beside %s taken is %s', (refused, accepted, level) => {
    const health = judge({ writeThrottledRecords: refused, writeAcceptedRecords: accepted });
    expect(health.level).toBe(level);
    expect(health.reason).toBe(
      `${refused} records refused in 60 s; hottest is shardId-000000000003.`,
    );
  });

  test('warns of a shard near a limit, and names both', () => {
    const near = (use: number) =>
      judge({ hottest: { shardId: 'shardId-000000000001', limit: 'readBytes', use } });
    expect(near(0.79).level).toBe('ok');
    expect(near(0.8)).toEqual({
      level: 'warning',
      reason: 'shardId-000000000001 uses 80 % of its read limit in bytes.',
    });
  });

  test('warns of refused reads', () => {
    expect(judge({ readThrottledCalls: 7 })).toEqual({
      level: 'warning',
      reason: '7 GetRecords calls refused in 60 s.',
    });
  });

  test('says what a stream that is not active is about', () => {
    expect(judge({ status: 'UPDATING' }).level).toBe('ok');
    expect(judge({ status: 'CREATING' }).level).toBe('ok');
  });

  test('says that a stream is being deleted before anything else, however old its figures are', () => {
    const deleted = { level: 'warning', reason: 'Being deleted, and all that is in it.' };
    const silent = { periodSeconds: null, hottest: null, writeThrottledRecords: null };
    expect(judge({ status: 'DELETING' })).toEqual(deleted);
    expect(judge({ status: 'DELETING', ...silent })).toEqual(deleted);
    expect(judge({ status: 'DELETING', freshness: 'stale' })).toEqual(deleted);
    expect(judge({ status: 'DELETING', freshness: 'unknown' })).toEqual(deleted);
    expect(judge({ status: 'DELETING', writeThrottledRecords: 500 })).toEqual(deleted);
  });
});
