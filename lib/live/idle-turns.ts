import { createQuietTeller } from './when-quiet.ts';

/** Work that waits for its turn. */
export type IdleTurn = {
  /** Somebody looks at it: it goes before all that nobody looks at. */
  readonly hurry: () => void;
  readonly giveUp: () => void;
};

/** Calls back when there is time to spare, at the latest after `timeoutMs`. */
export type WhenIdle = (run: () => void, timeoutMs: number) => void;

/** What somebody looks at must come though browser and user are never idle; the rest can wait for longer. */
const HURRIED_MS_MAX = 1_500;
const WAITING_MS_MAX = 4_000;
/** Where a browser does not tell when it is idle. */
const TAKEN_FOR_IDLE_MS = 200;

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

/** What a user does that the page has to answer. */
const DEEDS = ['pointermove', 'pointerdown', 'click', 'keydown', 'wheel', 'touchmove'] as const;

const quiet = createQuietTeller({
  whenIdle: (run, timeout) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout });
    else setTimeout(run, Math.min(timeout, TAKEN_FOR_IDLE_MS));
  },
  now: () => performance.now(),
  wait: setTimeout,
});
if (typeof window !== 'undefined') {
  for (const deed of DEEDS) {
    window.addEventListener(deed, quiet.heardUser, { capture: true, passive: true });
  }
}

/** The one line of this tab. */
export const takeIdleTurn = createIdleTurns(quiet.whenQuiet);
