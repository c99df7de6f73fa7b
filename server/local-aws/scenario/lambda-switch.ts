import type { KinesisClientPort } from './kinesis-client-port.ts';
import type { LambdaFunctionRun } from './lambda-function.ts';
import type { LambdaMapping } from './lambda-mapping.ts';
import type { LambdaPlan } from './lambda-plan.ts';

/** How soon a mapping that was enabled again reads, ms. */
const LOOK_EVERY_MS = 1_000;

/** An event source mapping that can be disabled: then nothing is read for its function, until it goes on from there. */
export class LambdaSwitch implements LambdaMapping {
  isEnabled = true;
  readonly #mapping: LambdaMapping;
  #lookAgainMs = Number.NEGATIVE_INFINITY;

  constructor(mapping: LambdaMapping) {
    this.#mapping = mapping;
  }

  get name(): string {
    return this.#mapping.name;
  }

  get plan(): LambdaPlan {
    return this.#mapping.plan;
  }

  get run(): LambdaFunctionRun {
    return this.#mapping.run;
  }

  get nextDueMs(): number {
    const { nextDueMs } = this.#mapping;
    return this.isEnabled ? nextDueMs : Math.max(nextDueMs, this.#lookAgainMs);
  }

  moveTo(client: KinesisClientPort): void {
    this.#mapping.moveTo(client);
  }

  async act(nowMs: number): Promise<void> {
    if (this.isEnabled) {
      await this.#mapping.act(nowMs);
    } else {
      this.#lookAgainMs = nowMs + LOOK_EVERY_MS;
    }
  }
}
