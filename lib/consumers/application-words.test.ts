import { describe, expect, test } from 'vitest';
import { applicationWords } from './application-words.ts';
import { applicationLineOf, applicationSummaryOf } from './testing/application-line-of.ts';

const stalls = applicationLineOf({
  summary: applicationSummaryOf({
    status: 'STALL',
    symptoms: [
      {
        kind: 'zombie',
        sinceMs: 40_000,
        shardIds: ['shardId-000000000003'],
        shardCount: 1,
        workers: ['worker-2'],
        figures: { frozenMs: 60_000, waitingRecords: 900 },
      },
    ],
  }),
});

describe('a consumer in words', () => {
  test('that keeps up needs nobody', () => {
    expect(applicationWords(applicationLineOf(), 'fresh')).toEqual({
      level: 'ok',
      word: 'OK',
      sentence: 'Its checkpoints move on, or nothing is left to be read.',
      todo: null,
    });
    const lambda = applicationLineOf({ kind: 'lambda' });
    expect(applicationWords(lambda, 'fresh').sentence).toContain('AWS tells');
  });

  test('that does nothing wrong is not said to be well while it is far behind', () => {
    const lag = {
      kind: 'interval',
      atLeastMs: 501_000,
      atMostMs: 510_000,
      asOfMs: 0,
      method: 'checkpoint',
    } as const;
    const behind = (trend: 'growing' | 'falling') =>
      applicationWords(
        applicationLineOf({ summary: applicationSummaryOf({ lag, trend }) }),
        'fresh',
      );
    expect(behind('growing')).toMatchObject({ level: 'warning', word: 'Behind' });
    expect(behind('falling').level).toBe('ok');
    expect(behind('growing').sentence).toContain('falls farther behind');
    expect(behind('falling').sentence).toContain('catches up');
  });

  test('tells what lies behind its status, and what to do', () => {
    const words = applicationWords(stalls, 'fresh');
    expect(words).toMatchObject({ level: 'critical', word: 'Stalls' });
    expect(words.sentence).toContain('shardId-000000000003');
    expect(words.todo).not.toBeNull();
  });

  test('is not judged by a reading that is not of now', () => {
    expect(applicationWords(stalls, 'stale')).toMatchObject({ level: 'unknown', word: 'Unknown' });
    const denied = {
      ...stalls,
      collection: {
        ...stalls.collection,
        failure: { sinceMs: 0, message: 'dynamodb:Scan is denied.' },
      },
    };
    expect(applicationWords(denied, 'stale').sentence).toBe('dynamodb:Scan is denied.');
    expect(applicationWords(applicationLineOf({ summary: null }), 'fresh').level).toBe('unknown');
  });

  test('that is no longer found says so', () => {
    expect(applicationWords({ ...stalls, goneAtMs: 5 }, 'fresh').word).toBe('Gone');
  });
});
