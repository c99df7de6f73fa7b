import { randomUUID } from 'node:crypto';
import { startAdmin } from './admin/start-admin.ts';
import { MetricsTill } from './cloudwatch/charged-metrics.ts';
import { createCloudWatchServer } from './cloudwatch/cloudwatch-server.ts';
import { CustomMetrics } from './cloudwatch/custom-metrics.ts';
import { startDynamoDb } from './dynamodb/start-dynamodb.ts';
import { type Engine, openEngine } from './engine/engine.ts';
import type { WorldEndpoints } from './environment.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { createFirehoseServer } from './firehose/firehose-server.ts';
import { createGateway } from './gateway.ts';
import { closeServer, listenOnLoopback } from './http/listen.ts';
import { createLambdaServer } from './lambda/lambda-server.ts';
import type { Log } from './log.ts';
import { startS3 } from './s3/start-s3.ts';
import { demoPlan, EMPTY_PLAN, type ScenarioPlan } from './scenario/demo-plan.ts';
import { Scenario } from './scenario/scenario.ts';
import { SET_UP_MS } from './scenario/set-up-streams.ts';
import { createStsServer } from './sts/sts-server.ts';
import { ApiLimiter } from './wire/api-limiter.ts';
import { createKinesisServer } from './wire/kinesis-server.ts';
import { WorldClock } from './world-clock.ts';
import type { WorldOptions } from './world-options.ts';

/** One incarnation of an AWS account: Kinesis, CloudWatch, DynamoDB, S3 and what reads streams, begun empty and ended together. */
export type World = {
  readonly incarnation: string;
  readonly startedAtMs: number;
  readonly options: WorldOptions;
  readonly endpoints: WorldEndpoints;
  readonly engine: Engine;
  readonly clock: WorldClock;
  readonly faults: Faults;
  /** null where operations may be called as often as anybody likes. */
  readonly limiter: ApiLimiter | null;
  readonly scenario: Scenario;
  /** What CloudWatch would have charged. */
  readonly till: Pick<MetricsTill, 'read'>;
  /** True once the past has been made and everybody is live. */
  readonly isReady: boolean;
  /** Moves a virtual clock, and with it everybody, to `nowMs`. @throws Error on the wall's clock. */
  advanceTo(nowMs: number): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts a world. Resolves when it is ready: its past is made, and everybody is live.
 * @param plan what its customers do, where that is not one of the scenarios that options name
 * @throws Error that names the service and the port when one cannot start; nothing is left running then.
 */
export async function openWorld(
  options: WorldOptions,
  log: Log,
  plan: ScenarioPlan | null = null,
): Promise<World> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    // Customers first: then nobody sees the services go.
    for (const closer of closers.splice(0)) {
      await closer();
    }
  };
  try {
    return await open(options, log, plan ?? planOf(options), closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

function planOf({ scenario, seed, skew }: WorldOptions): ScenarioPlan {
  return scenario === 'demo' ? demoPlan(seed, skew) : EMPTY_PLAN;
}

async function open(
  options: WorldOptions,
  log: Log,
  plan: ScenarioPlan,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<World> {
  const startedAtMs = Date.now();
  const presentMs = (options.clock === 'virtual' ? options.startAtMs : null) ?? startedAtMs;
  const clock = new WorldClock(presentMs - options.pastMinutes * 60_000 - SET_UP_MS);
  const engine = openEngine({
    clock,
    region: options.region,
    transitionMs: options.transitionMs,
    limitScale: options.limitScale,
    recordBytesMax: options.recordBytesMax,
    meterPeriodMs: options.metrics.basePeriodMs,
    onTrim: (report) => {
      // What a past has trimmed nobody has seen; in the present, readers may have lost it.
      const level = clock.isVirtual ? 'debug' : 'info';
      log[level](report, 'The cap on record bytes trimmed data before its retention ended');
    },
  });
  const faults = createFaults(options.seed);
  const vended = new CustomMetrics(options.metrics.basePeriodMs);
  const contextOf = (service: string) => ({
    clock: engine,
    faults,
    onError: (error: unknown) => log.error({ err: error }, `An operation of ${service} failed`),
  });
  const till = new MetricsTill();
  const cloudwatch = createCloudWatchServer({
    ...contextOf('CloudWatch'),
    meter: engine.meter,
    vended,
    profile: options.metrics,
    till,
  });
  let isPastMade = false;
  const { apiRateScale } = options;
  const limiter = apiRateScale === null ? null : new ApiLimiter(apiRateScale, engine.accountId);
  const kinesis = createKinesisServer({ engine, faults, log, limiter });
  const scenario = new Scenario({
    plan,
    world: options.world,
    engine,
    clock,
    seed: options.seed,
    rate: options.rate,
    metricsPeriodMs: options.metrics.basePeriodMs,
    metrics: vended,
  });
  const { accountId, region } = engine;
  const gateway = createGateway(
    {
      kinesis,
      cloudwatch,
      sts: createStsServer({ ...contextOf('STS'), accountId }),
      firehose: createFirehoseServer({
        ...contextOf('Firehose'),
        accountId,
        deliveryStreams: () => scenario.deliveryStreams,
      }),
      lambda: createLambdaServer({
        ...contextOf('Lambda'),
        accountId,
        region,
        account: () => scenario.lambdaAccount,
      }),
    },
    () => isPastMade,
  );
  closers.push(() => scenario.stop());

  const started = async <T extends { close(): Promise<void> }>(service: Promise<T>): Promise<T> => {
    const running = await service;
    closers.push(() => running.close());
    return running;
  };
  const { ports } = options;
  const starting = [
    listenOnLoopback(gateway, ports.kinesis, 'Kinesis and CloudWatch').then((port) => {
      closers.push(() => closeServer(gateway));
      return port;
    }),
    started(startDynamoDb(ports.dynamodb, () => clock.nowMs())),
    started(startS3(ports.s3)),
  ] as const;
  // All of them have to be settled before one's failure ends the others.
  await Promise.allSettled(starting);
  const [kinesisPort, dynamodb, s3] = await Promise.all(starting);
  const url = (port: number) => `http://127.0.0.1:${port}`;
  let isReady = false;
  const world = {
    incarnation: randomUUID(),
    startedAtMs,
    options,
    endpoints: {
      kinesis: url(kinesisPort),
      cloudwatch: url(kinesisPort),
      dynamodb: url(dynamodb.port),
      s3: url(s3.port),
      sts: url(kinesisPort),
      firehose: url(kinesisPort),
      lambda: url(kinesisPort),
      admin: '',
    },
    engine,
    clock,
    faults,
    limiter,
    scenario,
    till,
    get isReady() {
      return isReady;
    },
    advanceTo: (nowMs: number) => scenario.runPast(() => nowMs),
    close,
  };
  const admin = await started(startAdmin(world, ports.admin));
  world.endpoints.admin = url(admin.port);

  await scenario.prepare({ ...world.endpoints, region: options.region }, (error) =>
    log.warn({ err: error }, 'An archive object could not be stored; it is tried again'),
  );
  // The wall's clock moves on while the past is made: the past ends where it meets it.
  await scenario.runPast(options.clock === 'wall' ? Date.now : () => presentMs);
  isPastMade = true;
  if (options.clock === 'wall') {
    await scenario.goLive({
      onFault: (actor, error) =>
        log.warn({ err: error, actor: actor.name }, 'An application of the scenario fails'),
      onRecovery: (actor) =>
        log.info({ actor: actor.name }, 'An application of the scenario works again'),
    });
  }
  isReady = true;
  return world;
}
