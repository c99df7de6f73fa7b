import { startLoop } from '#server/collector/loop.ts';
import type { Logger } from '#server/log.ts';

/** What was taken up, under the id of the job that it is of. */
export type Taken<Work> = { readonly id: number; readonly work: Work };

export type TakeUpOptions<Work> = {
  /** Takes up one more thing that nobody works on, and begins it; null when there is none. */
  take(): Promise<Taken<Work> | null>;
  /** Whether one more may be taken up, with these under way. */
  hasRoom(works: readonly Work[]): boolean;
  /** A wake-up comes first; this is for those that were lost, and for jobs of workers that died. */
  readonly everyMs: number;
  readonly retryMs: number;
  /**
   * Whether the next is looked for as soon as one is done: only where a thing that is done is not there to be taken
   * again, or it would be, without a rest.
   */
  readonly looksWhenDone: boolean;
  readonly log: Logger;
  /** Said when it could not be looked for. */
  readonly failureWords: string;
};

export type TakeUp<Work> = {
  /** All that is under way here. */
  works(): readonly Work[];
  /** What is under way of one job: two, for a moment, where its lease ran out and was taken again. */
  worksOn(id: number): readonly Work[];
  /** Looks for more now. */
  wake(): void;
  /** Resolves when the signal was aborted and all that was taken up is done. */
  readonly done: Promise<void>;
};

/**
 * The frame of every executor: take up what nobody works on while there is room, work on it, look again when woken or
 * after a while. Whoever fails to look, since the store is away, says so and looks again.
 *
 * Works resolve `done` when their signal is aborted, and do not reject it.
 */
export function startTakingUp<Work extends { readonly done: Promise<void> }>(
  options: TakeUpOptions<Work>,
  signal: AbortSignal,
): TakeUp<Work> {
  const underWay = new Set<Taken<Work>>();
  const works = () => Array.from(underWay, ({ work }) => work);

  const loop = startLoop(async () => {
    try {
      while (!signal.aborted && options.hasRoom(works())) {
        const taken = await options.take();
        if (taken === null) break;
        underWay.add(taken);
        void taken.work.done.then(() => {
          underWay.delete(taken);
          if (options.looksWhenDone) loop.wake();
        });
      }
      return options.everyMs;
    } catch (error) {
      if (!signal.aborted) options.log.warn({ err: error }, options.failureWords);
      return options.retryMs;
    }
  }, signal);

  return {
    works,
    worksOn: (wanted) =>
      Array.from(underWay)
        .filter(({ id }) => id === wanted)
        .map(({ work }) => work),
    wake: () => loop.wake(),
    done: loop.done.then(async () => {
      await Promise.all(works().map(({ done }) => done));
    }),
  };
}
