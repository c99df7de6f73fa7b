import type { LiveState } from './live-store.ts';

/** What a person who paused the page goes on to see, and since when, on the database's clock. */
type Held = { readonly state: LiveState; readonly pausedAtMs: number };

/** Whether figures stand still. The subscription goes on meanwhile: to resume is to see the present at once. */
export type LivePause = {
  readonly get: () => Held | null;
  readonly hold: (held: Held) => void;
  readonly release: () => void;
  readonly onChange: (listener: () => void) => () => void;
};

export function createLivePause(): LivePause {
  const listeners = new Set<() => void>();
  let held: Held | null = null;
  const set = (next: Held | null) => {
    if (next === held) return;
    held = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => held,
    hold: set,
    release: () => set(null),
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
