import { describe, expect, test } from 'vitest';
import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import type { ReplayHead } from '#lib/live/replay-head.ts';
import { replayNews } from './live-news.ts';

const head = (state: RunState, failure: string | null = null): ReplayHead => ({
  runId: 7,
  state,
  targetName: 'tweets-again',
  failure,
});
const titles = (before: readonly ReplayHead[], after: readonly ReplayHead[]) =>
  replayNews(before, after).map(({ title }) => title);

describe('replayNews', () => {
  test('tells an end once, by the state that it came to', () => {
    expect(titles([head('running')], [head('completed')])).toEqual(['Replay 7 is completed']);
    expect(titles([head('completed')], [head('completed')])).toEqual([]);
    expect(titles([head('cancelling')], [head('cancelled')])).toEqual(['Replay 7 is cancelled']);
  });

  test('what was over when the page came is no news', () => {
    expect(titles([], [head('completed')])).toEqual([]);
  });

  test('on the way nothing is told', () => {
    expect(titles([head('planned')], [head('starting')])).toEqual([]);
    expect(titles([head('running')], [head('paused')])).toEqual([]);
  });

  test('a plan is told when it was made, and not when somebody came back to it', () => {
    expect(titles([head('planning')], [head('planned')])).toEqual(['Replay 7 is planned']);
  });

  test('what waits for a person says so, with its reason', () => {
    expect(replayNews([head('pausing')], [head('failed', 'The target is gone.')])).toEqual([
      {
        runId: 7,
        title: 'Replay 7 has stopped',
        message: 'The target is gone.',
        needsSomebody: true,
      },
    ]);
    const [quarantine] = replayNews([head('running')], [head('completed-with-quarantine')]);
    expect(quarantine?.needsSomebody).toBe(true);
    expect(quarantine?.message).toContain('into tweets-again');
  });
});
