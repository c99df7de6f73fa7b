import type { Actor } from './actor.ts';
import type { KinesisClientPort } from './kinesis-client-port.ts';
import type { LambdaFunctionRun } from './lambda-function.ts';
import type { LambdaPlan } from './lambda-plan.ts';
import type { Random } from './seeded-random.ts';

/** An event source mapping at work: it reads for its function, by polling or by enhanced fan-out. */
export type LambdaMapping = Actor & {
  readonly plan: LambdaPlan;
  readonly run: LambdaFunctionRun;
  /** Goes on with another client, after the last records processed. */
  moveTo(client: KinesisClientPort): void;
};

export type LambdaMappingInit = {
  readonly plan: LambdaPlan;
  readonly run: LambdaFunctionRun;
  readonly client: KinesisClientPort;
  readonly random: Random;
  readonly fromMs: number;
};
