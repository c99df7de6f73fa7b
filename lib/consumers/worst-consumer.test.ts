import { describe, expect, test } from 'vitest';
import type { WorstConsumer } from '#lib/live/row-consumers.ts';
import { consumerHealth, consumerHealthNow } from './worst-consumer.ts';

const FINE: WorstConsumer = {
  applicationId: 1,
  kind: 'kcl',
  name: 'quota-worker',
  status: 'OK',
  lag: { kind: 'interval', atLeastMs: 200_000, atMostMs: 215_000, asOfMs: 0, method: 'checkpoint' },
  lossAhead: false,
  collection: { collectedAtMs: 1_000_000, cadenceSeconds: 10, failure: null },
};

describe('the worst consumer', () => {
  test('that keeps up, or of which too little is known, says nothing of its stream', () => {
    for (const status of ['OK', 'DONE', 'WAITING_PARENT', 'UNKNOWN'] as const) {
      expect(consumerHealth({ ...FINE, status })).toBeNull();
    }
  });

  test('needs somebody when it stands, and is named with its lag', () => {
    expect(consumerHealth({ ...FINE, status: 'STALL' })).toMatchObject({
      level: 'critical',
      reason: 'quota-worker stands still on some shards: 3 min 20 s – 3 min 35 s behind.',
    });
    expect(consumerHealth({ ...FINE, status: 'WARN' })?.level).toBe('warning');
  });

  test('that keeps up too late is in danger all the same', () => {
    expect(consumerHealth({ ...FINE, lossAhead: true })).toMatchObject({
      level: 'critical',
      reason: expect.stringContaining('nears the end of retention'),
    });
  });

  test('says no lag where none is known', () => {
    const lag = { kind: 'unknown', reason: 'nothing-checkpointed' } as const;
    expect(consumerHealth({ ...FINE, status: 'STOP', lag })?.reason).toBe(
      'quota-worker has stopped on some shards.',
    );
  });

  test('is believed for two cadences', () => {
    const stalls = { ...FINE, status: 'STALL' } as const;
    expect(consumerHealthNow(stalls, 1_020_000)).not.toBeNull();
    expect(consumerHealthNow(stalls, 1_020_001)).toBeNull();
    expect(consumerHealthNow(null, 0)).toBeNull();
  });
});
