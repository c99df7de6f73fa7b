import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { streamArn } from '#server/local-aws/engine/arn.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import type { DeliveryStream } from '#server/local-aws/firehose/delivery-stream.ts';
import type { LambdaAccount } from '#server/local-aws/lambda/lambda-account.ts';
import type { WorldClock } from '#server/local-aws/world-clock.ts';
import type { Actor } from './actor.ts';
import { Archives } from './archives.ts';
import { stampWithSerial } from './demand.ts';
import type { ScenarioPlan } from './demo-plan.ts';
import { engineClient } from './engine-client.ts';
import { Application } from './kcl/application.ts';
import type { ConsumerPlan } from './kcl/consumer-plan.ts';
import type { ConsumerWorker } from './kcl/consumer-worker.ts';
import { type ShardWitness, witnessOf } from './kcl/shard-witness.ts';
import { ClientFault, type KinesisClientPort } from './kinesis-client-port.ts';
import { type OpenLambda, openLambda } from './open-lambda.ts';
import { Operator } from './operator.ts';
import { patientHandler } from './patient-handler.ts';
import { Producer } from './producer.ts';
import { ProducerLedger } from './producer-ledger.ts';
import { type LiveEvents, runLive, runPast } from './run-actors.ts';
import { type SdkClient, sdkClient } from './sdk-client.ts';
import type { MetricSink } from './service-metrics.ts';
import { setUpStreams } from './set-up-streams.ts';
import { SyntheticLoad, type SyntheticWorld, worldSetUps } from './synthetic-world.ts';

export type Endpoints = {
  readonly kinesis: string;
  readonly dynamodb: string;
  readonly s3: string;
  readonly region: string;
};

export type ScenarioInit = {
  readonly plan: ScenarioPlan;
  /** Streams in addition, with a load of their own. */
  readonly world: SyntheticWorld | null;
  readonly engine: Engine;
  /** Virtual when the scenario is made; the streams are set up on it at once. */
  readonly clock: WorldClock;
  readonly seed: number;
  /** Multiplies what producers send. */
  readonly rate: number;
  readonly metricsPeriodMs: number;
  /** Where services that the scenario plays, Lambda and Firehose, put their metrics. */
  readonly metrics: MetricSink;
};

/** The number that a record's serial begins at: ids of 19 digits, as they are known from tweets. */
const FIRST_SERIAL = 1_900_000_000_000_000_000n;

/** The account's customers: producers, consumer applications and archivers, first in the past, then live. */
export class Scenario {
  readonly producers: readonly Producer[];
  readonly lambdas: readonly OpenLambda[];
  readonly ledger: ProducerLedger;
  readonly #clock: WorldClock;
  readonly #archives: Archives;
  readonly #operator: Operator;
  readonly #load: SyntheticLoad | null;
  readonly #applications: Application[];
  readonly #witness: ShardWitness;
  readonly #seed: number;
  readonly #stopped = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  #clients: LiveClients | null = null;
  /** In virtual time the engine itself, then the wire. */
  #client: KinesisClientPort;
  /** Known once everybody is live. */
  #events: LiveEvents | null = null;
  /** The last of those who move the clock or tamper with leases: one after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(init: ScenarioInit) {
    const { plan, world, engine, clock, seed } = init;
    const worldStreams = world === null ? [] : worldSetUps(world);
    setUpStreams(engine, clock, [...plan.streams, ...worldStreams]);
    const fromMs = clock.nowMs();
    const client = engineClient(engine);
    this.#clock = clock;
    this.ledger = new ProducerLedger(init.metricsPeriodMs);
    this.producers = plan.streams.map(
      ({ producer }) =>
        new Producer({
          plan: producer,
          client,
          ledger: this.ledger,
          stamp: null,
          rate: init.rate,
          fromMs,
        }),
    );
    this.#client = client;
    this.#seed = seed;
    this.#witness = witnessOf(engine);
    this.#applications = plan.consumers.map((consumer) => this.#makeApplication(consumer, fromMs));
    const arnOf = (streamName: string) => {
      const { accountId, region } = engine;
      return streamArn({ accountId, region, streamName });
    };
    this.lambdas = plan.lambdas.map((lambda) =>
      openLambda({ plan: lambda, engine, client, metrics: init.metrics, seed, fromMs }),
    );
    this.#archives = new Archives({
      plans: plan.archives,
      client,
      clock,
      seed,
      fromMs,
      metrics: init.metrics,
      arnOf,
    });
    this.#operator = new Operator(plan.splits, client, fromMs);
    this.#load = world === null ? null : new SyntheticLoad(engine, world, seed, fromMs);
  }

  /** Objects that are archived, but not in S3 yet. */
  get uploadsWaiting(): number {
    return this.#archives.uploadsWaiting;
  }

  get deliveryStreams(): readonly DeliveryStream[] {
    return this.#archives.deliveryStreams;
  }

  /** The functions that read streams here, as Lambda knows them. */
  get lambdaAccount(): LambdaAccount {
    return {
      functions: this.lambdas.map((lambda) => lambda.describeFunction()),
      mappings: this.lambdas.map((lambda) => lambda.describeMapping()),
    };
  }

  get applications(): readonly Application[] {
    return this.#applications;
  }

  /** Of all applications. */
  get workers(): readonly ConsumerWorker[] {
    return this.#applications.flatMap(({ workers }) => workers);
  }

  /** Runs everybody in virtual time until the clock reaches what `untilMs` says, which may move meanwhile. */
  runPast(untilMs: () => number): Promise<void> {
    return this.inTurn(() => runPast(this.#actors(), this.#clock, untilMs));
  }

  /**
   * Does something to applications or to a virtual clock while nobody else does, with what others wrote to lease
   * tables before it, and so that they see what it did after it.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(async () => {
      await Promise.all(this.#applications.map((application) => application.pull()));
      const result = await work();
      await Promise.all(this.#applications.map((application) => application.push()));
      return result;
    });
    // Whoever waits for a turn that fails is told so himself.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Opens clients and makes the lease tables and the bucket; before `goLive`, at any time. */
  async prepare(endpoints: Endpoints, onUploadFault: (error: unknown) => void): Promise<void> {
    const clients = openClients(endpoints);
    this.#clients = clients;
    await Promise.all([
      this.#archives.prepare(clients.s3, onUploadFault),
      ...this.#applications.map((application) => application.prepare(clients.dynamodb)),
    ]);
  }

  /** Hands everybody over to the wire, and goes on by the wall's clock until `stop`. */
  async goLive(events: LiveEvents): Promise<void> {
    const clients = this.#clients;
    if (clients === null) {
      throw new Error('Prepare the scenario before it goes live');
    }
    this.#client = clients.kinesis;
    await Promise.all(this.#applications.map((one) => one.goLive(clients.kinesis)));
    const stamp = stampWithSerial(FIRST_SERIAL);
    for (const producer of this.producers) {
      producer.client = clients.kinesis;
      producer.stamp = stamp;
    }
    for (const { actor } of this.lambdas) {
      actor.moveTo(clients.kinesis);
    }
    this.#archives.moveTo(clients.kinesis);
    this.#operator.client = clients.kinesis;
    this.#clock.followWall();
    this.#events = events;
    this.#run(this.#actors());
    this.#running.add(this.#archives.run());
  }

  /** Can the stream be read by now? */
  async canRead(streamName: string): Promise<boolean> {
    try {
      await this.#client.listShards(streamName);
      return true;
    } catch (error) {
      // Not there, or not yet.
      if (error instanceof ClientFault && error.kind !== 'unavailable') return false;
      throw error;
    }
  }

  /** Deploys one more application. Its streams have to be there. */
  async startApplication(plan: ConsumerPlan): Promise<void> {
    const application = this.#makeApplication(plan, this.#clock.nowMs());
    const clients = this.#clients;
    if (clients !== null) await application.prepare(clients.dynamodb);
    if (this.#events !== null) await application.goLive(this.#client);
    this.#applications.push(application);
    this.#run(application.actors);
  }

  /** Starts more workers of an application. */
  startWorkers(application: Application, count: number): void {
    this.#run(application.startWorkers(count, this.#clock.nowMs()));
  }

  /** Takes an application away, with its tables. */
  async removeApplication(application: Application): Promise<void> {
    this.#applications.splice(this.#applications.indexOf(application), 1);
    await application.remove();
  }

  /** Ends everybody; resolves when nobody acts any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#archives.stop();
    this.#clients?.kinesis.close();
    this.#clients?.dynamodb.destroy();
    this.#clients?.s3.destroy();
    await Promise.all(this.#running);
  }

  /** In virtual time whoever moves the clock runs them. */
  #run(actors: readonly Actor[]): void {
    if (this.#events === null) return;
    const run = runLive(actors, this.#clock, this.#events, this.#stopped.signal);
    this.#running.add(run);
    run.finally(() => this.#running.delete(run));
  }

  #makeApplication(plan: ConsumerPlan, fromMs: number): Application {
    return new Application({
      plan,
      client: this.#client,
      witness: this.#witness,
      seed: this.#seed,
      fromMs,
    });
  }

  #actors(): readonly Actor[] {
    return [
      ...this.producers,
      ...this.#applications.flatMap(({ actors }) => actors),
      ...this.lambdas.map(({ actor }) => actor),
      ...this.#archives.archivers,
      this.#operator,
      this.#load,
    ].filter((actor) => actor !== null);
  }
}

type LiveClients = {
  readonly kinesis: SdkClient;
  readonly dynamodb: DynamoDBClient;
  readonly s3: S3Client;
};

function openClients({ kinesis, dynamodb, s3, region }: Endpoints): LiveClients {
  const common = {
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: patientHandler(),
  };
  return {
    kinesis: sdkClient({ endpoint: kinesis, region }),
    dynamodb: new DynamoDBClient({ ...common, endpoint: dynamodb }),
    s3: new S3Client({
      ...common,
      endpoint: s3,
      forcePathStyle: true,
      expectContinueHeader: false,
    }),
  };
}
