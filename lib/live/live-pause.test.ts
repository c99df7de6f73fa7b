import { expect, test, vi } from 'vitest';
import { createLivePause } from './live-pause.ts';
import { initialLiveState } from './live-store.ts';

const state = initialLiveState(
  { revision: null, serverTimeMs: 1_000, connections: [], rows: [] },
  0,
);

test('holds what was seen until it is released, and tells of both', () => {
  const pause = createLivePause();
  const listener = vi.fn();
  const stop = pause.onChange(listener);
  expect(pause.get()).toBeNull();

  pause.hold({ state, pausedAtMs: 1_000 });
  expect(pause.get()).toEqual({ state, pausedAtMs: 1_000 });
  pause.release();
  expect(pause.get()).toBeNull();
  expect(listener).toHaveBeenCalledTimes(2);

  pause.release();
  expect(listener).toHaveBeenCalledTimes(2);
  stop();
  pause.hold({ state, pausedAtMs: 2_000 });
  expect(listener).toHaveBeenCalledTimes(2);
});
