/** Work that waits for its turn. */
export type IdleTurn = {
  /** Somebody looks at it: it goes before all that nobody looks at. */
  readonly hurry: () => void;
  readonly giveUp: () => void;
};

/** Calls back when there is time to spare, at the latest after `timeoutMs`. */
export type WhenIdle = (run: () => void, timeoutMs: number) => void;

/** What somebody looks at must come though the browser is never idle; the rest can wait for longer. */
const HURRIED_MS_MAX = 500;
const WAITING_MS_MAX = 4_000;

/** A line of work for idle moments: one piece a moment, those in a hurry first, else in the order of their coming. */
export function createIdleTurns(whenIdle: WhenIdle): (run: () => void) => IdleTurn {
  type Waiting = { readonly run: () => void; hurried: boolean };
  const line = new Set<Waiting>();
  let asked: 'hurried' | 'waiting' | null = null;

  function ask(): void {
    const hurried = [...line].some((one) => one.hurried);
    if (line.size === 0 || asked === 'hurried' || (asked === 'waiting' && !hurried)) return;
    asked = hurried ? 'hurried' : 'waiting';
    const mine = asked;
    whenIdle(
      () => {
        // Asked once more since, more urgently: that call may have come before this one.
        if (asked !== mine) return;
        asked = null;
        const next = [...line].find((one) => one.hurried) ?? [...line][0];
        if (next === undefined) return;
        line.delete(next);
        next.run();
        ask();
      },
      hurried ? HURRIED_MS_MAX : WAITING_MS_MAX,
    );
  }

  return (run) => {
    const mine: Waiting = { run, hurried: false };
    line.add(mine);
    ask();
    return {
      hurry() {
        mine.hurried = true;
        if (line.has(mine)) ask();
      },
      giveUp: () => void line.delete(mine),
    };
  };
}

/** The one line of this tab. */
export const takeIdleTurn = createIdleTurns((run, timeout) => {
  // Not every browser tells when it is idle.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout });
  else setTimeout(run, HURRIED_MS_MAX);
});
