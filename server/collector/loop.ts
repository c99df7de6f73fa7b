import { wait } from './wait.ts';

export type Loop = {
  /** Begins the next round now, or right after the one under way. */
  wake(): void;
  /** Resolves when the signal is aborted and no round is under way; rejects with what a round threw. */
  readonly done: Promise<void>;
};

/**
 * Runs `round` again and again, never two at once.
 * @param round returns for how many milliseconds to wait until the next
 */
export function startLoop(
  round: (signal: AbortSignal) => Promise<number>,
  signal: AbortSignal,
): Loop {
  let awake = false;
  let pause: AbortController | null = null;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      awake = false;
      const waitMs = await round(signal);
      if (awake) continue;
      pause = new AbortController();
      await wait(Math.max(0, waitMs), AbortSignal.any([signal, pause.signal]));
      pause = null;
    }
  }

  return {
    wake() {
      awake = true;
      pause?.abort();
    },
    done: run().catch((error: unknown) => {
      // A round that was cut off by the end of all has failed at nothing.
      if (!signal.aborted) throw error;
    }),
  };
}
