import { streamArn } from '#server/local-aws/engine/arn.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import type {
  EventSourceMapping,
  LambdaFunction,
} from '#server/local-aws/lambda/lambda-account.ts';
import type { KinesisClientPort } from './kinesis-client-port.ts';
import { LambdaFunctionRun } from './lambda-function.ts';
import type { LambdaPlan } from './lambda-plan.ts';
import { LambdaPoller } from './lambda-poller.ts';
import { LambdaSubscriber } from './lambda-subscriber.ts';
import { LambdaSwitch } from './lambda-switch.ts';
import { seededRandom, seededUuid, subSeed } from './seeded-random.ts';
import { type MetricSink, ServiceMetrics } from './service-metrics.ts';

/** A function with what feeds it, and how Lambda describes both. */
export type OpenLambda = {
  readonly actor: LambdaSwitch;
  describeFunction(): LambdaFunction;
  describeMapping(): EventSourceMapping;
};

/** Deploys a function. Its stream and consumer have to be there. */
export function openLambda(init: {
  readonly plan: LambdaPlan;
  readonly engine: Engine;
  readonly client: KinesisClientPort;
  readonly metrics: MetricSink;
  readonly seed: number;
  readonly fromMs: number;
}): OpenLambda {
  const { plan, engine, client, fromMs } = init;
  const { functionName, streamName, consumerName } = plan;
  const random = seededRandom(subSeed(init.seed, functionName));
  const uuid = seededUuid(random);
  const { accountId, region } = engine;
  const ofStream = streamArn({ accountId, region, streamName });
  const consumerArn =
    consumerName === null
      ? null
      : engine.describeStreamConsumer({ streamArn: ofStream, consumerName }).consumerArn;
  const run = new LambdaFunctionRun(
    plan,
    new ServiceMetrics(init.metrics, {
      namespace: 'AWS/Lambda',
      dimensions: { FunctionName: functionName },
    }),
  );
  const common = { plan, run, client, random, fromMs };
  const actor = new LambdaSwitch(
    consumerArn === null
      ? new LambdaPoller(common)
      : new LambdaSubscriber({ ...common, consumerArn }),
  );
  return {
    actor,
    describeFunction: () => ({
      name: functionName,
      description: plan.description,
      deployedAtMs: fromMs,
    }),
    describeMapping: () => ({
      uuid,
      functionName,
      eventSourceArn: consumerArn ?? ofStream,
      batchSize: plan.batchSize,
      parallelizationFactor: 1,
      startingPosition: 'TRIM_HORIZON',
      state: actor.isEnabled ? 'Enabled' : 'Disabled',
      createdAtMs: fromMs,
      lastProcessingResult: run.indexedCount > 0 ? 'OK' : 'No records processed',
    }),
  };
}
