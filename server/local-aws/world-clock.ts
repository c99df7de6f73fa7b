import type { Clock } from './engine/clock.ts';

/**
 * The clock of the whole world. It starts virtual, so that a past can be made faster than real time;
 * `followWall` joins it to the machine's clock. A world for tests may stay virtual for good.
 */
export class WorldClock implements Clock {
  #nowMs: number;
  #isVirtual = true;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  get isVirtual(): boolean {
    return this.#isVirtual;
  }

  nowMs(): number {
    if (!this.#isVirtual) {
      // A wall clock that is set back must not turn the world back.
      this.#nowMs = Math.max(this.#nowMs, Date.now());
    }
    return this.#nowMs;
  }

  /** @throws Error on a clock that follows the wall, RangeError backwards. */
  advanceTo(nowMs: number): void {
    if (!this.#isVirtual) {
      throw new Error('This clock follows the machine; it cannot be moved');
    }
    if (nowMs < this.#nowMs) {
      throw new RangeError(`Time does not run backwards: ${nowMs} is before ${this.#nowMs}`);
    }
    this.#nowMs = nowMs;
  }

  followWall(): void {
    this.#isVirtual = false;
  }
}
