import { describe, expect, test } from 'vitest';
import { RUN_STATES } from '#lib/domain/replay/job/run-state.ts';
import { runStatus } from './run-status.ts';
import { progressOf } from './testing/progress-of.ts';

const running = (changes: Parameters<typeof progressOf>[0]) =>
  runStatus({ state: 'running', failure: null, progress: progressOf(changes) });

describe('runStatus', () => {
  test('a replay that goes on has nothing to say', () => {
    expect(running({})).toEqual({ word: 'Running', level: 'ok', words: null, sinceMs: null });
  });

  test('what holds it up is told, the first cause before its consequences', () => {
    const rate = { bytesPerSecond: 1, recordsPerSecond: 1, fromMs: 0, toMs: 1_000 };
    const throttled = running({ rate: { ...rate, throttledPerSecond: 12.4 }, shardsThatRefuse: 2 });
    expect(throttled.word).toBe('Running, throttled');
    expect(throttled.words).toContain('12 rec/s');
    expect(running({ shardsThatRefuse: 2 }).word).toBe('Running, yielding');
    expect(running({ workers: 0, shardsThatRefuse: 2 }).word).toBe('Running, waits for a worker');
    const cap = { rates: { bytesPerSecond: 0, recordsPerSecond: 10 }, atMs: 0 };
    expect(running({ cap })).toMatchObject({ word: 'Running, no room', level: 'warning' });
  });

  test('that nobody knows what is free is told with its age, what it means and what to do', () => {
    const unknownTraffic = { sinceMs: 77, shards: 2, ofShards: 3 };
    const cap = { rates: { bytesPerSecond: 0, recordsPerSecond: 0 }, atMs: 0 };
    const status = running({ cap, unknownTraffic });
    expect(status).toMatchObject({ word: 'Running, live traffic unknown', sinceMs: 77 });
    expect(status.words).toContain('2 of 3 shards');
    expect(status.words).toContain('$1.80 a month');
    expect(status.words).toContain('a cap of its own');
  });

  test('the last slice is done before the state is', () => {
    expect(running({ workers: 0, slices: 4, slicesDone: 4 }).word).toBe('Running');
  });

  test('while it stops, what is wrong shows already; stopped, it needs somebody', () => {
    const failure = { kind: 'target-gone', words: 'The target is gone.', sinceMs: 0 };
    expect(runStatus({ state: 'pausing', failure, progress: null }).level).toBe('warning');
    expect(runStatus({ state: 'failed', failure, progress: null }).level).toBe('critical');
  });

  test('every state has a word of its own', () => {
    const words = RUN_STATES.map(
      (state) => runStatus({ state, failure: null, progress: null }).word,
    );
    expect(new Set(words).size).toBe(RUN_STATES.length);
  });
});
