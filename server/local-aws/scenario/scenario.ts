import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { streamArn } from '#server/local-aws/engine/arn.ts';
import type { Engine } from '#server/local-aws/engine/engine.ts';
import type { DeliveryStream } from '#server/local-aws/firehose/delivery-stream.ts';
import type { LambdaAccount } from '#server/local-aws/lambda/lambda-account.ts';
import type { WorldClock } from '#server/local-aws/world-clock.ts';
import type { Actor } from './actor.ts';
import { archiveDelivery } from './archive-delivery.ts';
import { ArchiveUploader } from './archive-uploader.ts';
import { Archiver } from './archiver.ts';
import { workerName } from './consumer-plan.ts';
import { ConsumerWorker } from './consumer-worker.ts';
import { DeliveryMeter } from './delivery-meter.ts';
import { stampWithSerial } from './demand.ts';
import type { ScenarioPlan } from './demo-plan.ts';
import { createLeaseTable, dynamoLeaseStore } from './dynamo-lease-store.ts';
import { engineClient } from './engine-client.ts';
import { type LeaseStore, MemoryLeaseStore } from './lease.ts';
import { type OpenLambda, openLambda } from './open-lambda.ts';
import { Operator } from './operator.ts';
import { patientHandler } from './patient-handler.ts';
import { Producer } from './producer.ts';
import { ProducerLedger } from './producer-ledger.ts';
import { type LiveEvents, runLive, runPast } from './run-actors.ts';
import { type SdkClient, sdkClient } from './sdk-client.ts';
import { seededRandom, subSeed } from './seeded-random.ts';
import { type MetricSink, ServiceMetrics } from './service-metrics.ts';
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

/** The account's customers: producers, consumer applications and the archiver, first in the past, then live. */
export class Scenario {
  readonly producers: readonly Producer[];
  readonly workers: readonly ConsumerWorker[];
  readonly lambdas: readonly OpenLambda[];
  readonly ledger: ProducerLedger;
  readonly #clock: WorldClock;
  readonly deliveryStreams: readonly DeliveryStream[];
  readonly #archiver: Archiver | null;
  readonly #deliveries: DeliveryMeter;
  readonly #operator: Operator;
  readonly #load: SyntheticLoad | null;
  readonly #stores: ReadonlyMap<string, LeaseStore>;
  readonly #stopped = new AbortController();
  #uploader: ArchiveUploader | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #clients: LiveClients | null = null;

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
    this.#stores = new Map(
      plan.consumers.map(({ application }) => [application, new MemoryLeaseStore()]),
    );
    this.workers = plan.consumers.flatMap((consumer) =>
      Array.from({ length: consumer.workerCount }, (_, i) => {
        const name = workerName(consumer.application, i);
        return new ConsumerWorker({
          name,
          plan: consumer,
          client,
          store: this.#storeOf(consumer.application),
          random: seededRandom(subSeed(seed, name)),
          fromMs,
          isAuditing: i === 0,
        });
      }),
    );
    const arnOf = (streamName: string) => {
      const { accountId, region } = engine;
      return streamArn({ accountId, region, streamName });
    };
    this.lambdas = plan.lambdas.map((lambda) =>
      openLambda({ plan: lambda, engine, client, metrics: init.metrics, seed, fromMs }),
    );
    const { archivedStream } = plan;
    this.deliveryStreams =
      archivedStream === null
        ? []
        : [archiveDelivery(archivedStream, arnOf(archivedStream), fromMs)];
    const firehoseMetrics = new ServiceMetrics(init.metrics, {
      namespace: 'AWS/Firehose',
      dimensions: { DeliveryStreamName: archivedStream ?? '' },
    });
    this.#deliveries = new DeliveryMeter(firehoseMetrics);
    this.#archiver =
      archivedStream === null
        ? null
        : new Archiver({
            streamName: archivedStream,
            client,
            seed,
            fromMs,
            metrics: firehoseMetrics,
            onSealed: (sealed, nowMs) => {
              if (clock.isVirtual) {
                this.#deliveries.delivered(sealed, nowMs);
              }
              // Without an uploader there is no S3: what is archived goes nowhere.
              this.#uploader?.accept(sealed);
            },
          });
    this.#operator = new Operator(plan.splits, client, fromMs);
    this.#load = world === null ? null : new SyntheticLoad(engine, world, seed, fromMs);
  }

  /** Objects that are archived, but not in S3 yet. */
  get uploadsWaiting(): number {
    return this.#uploader?.waitingCount ?? 0;
  }

  /** The functions that read streams here, as Lambda knows them. */
  get lambdaAccount(): LambdaAccount {
    return {
      functions: this.lambdas.map((lambda) => lambda.describeFunction()),
      mappings: this.lambdas.map((lambda) => lambda.describeMapping()),
    };
  }

  /** Runs everybody in virtual time until the clock reaches what `untilMs` says, which may move meanwhile. */
  async runPast(untilMs: () => number): Promise<void> {
    await runPast(this.#actors(), this.#clock, untilMs);
  }

  /** Opens clients and makes the lease tables and the bucket; before `goLive`, at any time. */
  async prepare(endpoints: Endpoints, onUploadFault: (error: unknown) => void): Promise<void> {
    const clients = openClients(endpoints);
    this.#clients = clients;
    const archived = this.#archiver?.streamName;
    if (archived !== undefined) {
      this.#uploader = new ArchiveUploader({
        s3: clients.s3,
        streamName: archived,
        onStored: (sealed) => this.#deliveries.delivered(sealed, this.#clock.nowMs()),
        onFault: (error, sealed) => {
          this.#deliveries.failed(sealed, this.#clock.nowMs());
          onUploadFault(error);
        },
      });
    }
    await Promise.all([
      this.#uploader?.createBucket(),
      ...[...this.#stores.keys()].map((name) => createLeaseTable(clients.dynamodb, name)),
    ]);
  }

  /** Hands everybody over to the wire, and goes on by the wall's clock until `stop`. */
  async goLive(events: LiveEvents): Promise<void> {
    const clients = this.#clients;
    if (clients === null) {
      throw new Error('Prepare the scenario before it goes live');
    }
    const tables = await this.#moveLeases(clients.dynamodb);
    const stamp = stampWithSerial(FIRST_SERIAL);
    for (const producer of this.producers) {
      producer.client = clients.kinesis;
      producer.stamp = stamp;
    }
    for (const worker of this.workers) {
      worker.moveTo(clients.kinesis, tables.get(worker.plan.application) ?? worker.store);
    }
    for (const { actor } of this.lambdas) {
      actor.moveTo(clients.kinesis);
    }
    this.#archiver?.moveTo(clients.kinesis);
    this.#operator.client = clients.kinesis;
    this.#clock.followWall();
    this.#running = Promise.all([
      runLive(this.#actors(), this.#clock, events, this.#stopped.signal),
      this.#uploader?.run(),
    ]);
  }

  /** Ends everybody; resolves when nobody acts any more. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    this.#uploader?.stop();
    this.#clients?.kinesis.close();
    this.#clients?.dynamodb.destroy();
    this.#clients?.s3.destroy();
    await this.#running;
  }

  /** Deletes all rows of an application's lease table, as an operator by mistake would. */
  async loseLeases(application: string): Promise<void> {
    const store = this.workers.find(({ plan }) => plan.application === application)?.store;
    for (const { leaseKey } of (await store?.list()) ?? []) {
      await store?.remove(leaseKey);
    }
  }

  #actors(): readonly Actor[] {
    return [
      ...this.producers,
      ...this.workers,
      ...this.lambdas.map(({ actor }) => actor),
      this.#archiver,
      this.#operator,
      this.#load,
    ].filter((actor) => actor !== null);
  }

  #storeOf(application: string): LeaseStore {
    const store = this.#stores.get(application);
    if (store === undefined) {
      throw new Error(`No lease table for ${application}`);
    }
    return store;
  }

  /** Writes the leases as they stand to DynamoDB, where they live from now on. */
  async #moveLeases(dynamodb: DynamoDBClient): Promise<ReadonlyMap<string, LeaseStore>> {
    const moved = [...this.#stores].map(async ([application, memory]) => {
      const table = dynamoLeaseStore(dynamodb, application);
      await Promise.all((await memory.list()).map((lease) => table.create(lease)));
      return [application, table] as const;
    });
    return new Map(await Promise.all(moved));
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
