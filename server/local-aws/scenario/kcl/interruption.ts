import type { Actor } from '#server/local-aws/scenario/actor.ts';
import type { InterruptionPlan, WorkerMode } from './consumer-plan.ts';

type Interrupted = { readonly name: string; mode: WorkerMode };

/** Takes a worker away now and then, and brings it back, unless somebody else has told it what to do meanwhile. */
export class Interruption implements Actor {
  readonly name: string;
  readonly #worker: Interrupted;
  readonly #plan: InterruptionPlan;
  #nextDueMs: number;
  #isAway = false;

  constructor(worker: Interrupted, plan: InterruptionPlan, fromMs: number) {
    this.name = `${worker.name}-interruption`;
    this.#worker = worker;
    this.#plan = plan;
    this.#nextDueMs = fromMs + plan.afterMs;
  }

  get nextDueMs(): number {
    return this.#nextDueMs;
  }

  async act(): Promise<void> {
    const { forMs, everyMs } = this.#plan;
    const worker = this.#worker;
    if (this.#isAway) {
      this.#nextDueMs += everyMs - forMs;
      if (worker.mode === 'dead') worker.mode = 'running';
      this.#isAway = false;
    } else if (worker.mode === 'running') {
      this.#nextDueMs += forMs;
      worker.mode = 'dead';
      this.#isAway = true;
    } else {
      this.#nextDueMs += everyMs;
    }
  }
}
