import { setTimeout } from 'node:timers/promises';
import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { eq } from 'drizzle-orm';
import { pino } from 'pino';
import { THRESHOLDS, type Thresholds } from '#lib/domain/consumers/thresholds.ts';
import { openAws } from '#server/aws/open-aws.ts';
import { startCollector } from '#server/collector/collector.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import * as schema from '#server/db/schema.ts';
import { startWorld, type TestWorldOptions } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { type Denied, type Door, openDoor } from './denying-door.ts';
import { embeddedConnectionTo } from './embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from './postgres.ts';

/** A row of a table. */
export type Row = Readonly<Record<string, AttributeValue>>;

/** An account of AWS that collectors look into, and what they stored of it. */
export class ConsumerAccount {
  readonly world: World;
  readonly database: Database;
  readonly dynamodb: DynamoDBClient;
  readonly #testDatabase: TestDatabase;
  readonly #doors: { readonly dynamodb: Door; readonly lambda: Door };
  readonly #denied: Denied[];
  #madeSecond = 0;

  private constructor(
    world: World,
    testDatabase: TestDatabase,
    denied: Denied[],
    doors: { readonly dynamodb: Door; readonly lambda: Door },
  ) {
    this.world = world;
    this.#testDatabase = testDatabase;
    this.#doors = doors;
    this.#denied = denied;
    this.database = openDatabase(testDatabase.url, {
      connectionsMax: 8,
      onIdleError: () => undefined,
    });
    this.dynamodb = new DynamoDBClient({
      endpoint: world.endpoints.dynamodb,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  }

  static async open(options: TestWorldOptions = {}): Promise<ConsumerAccount> {
    const [world, testDatabase] = await Promise.all([startWorld(options), openTestDatabase()]);
    const denied: Denied[] = [];
    const [dynamodb, lambda] = await Promise.all([
      openDoor('dynamodb', world.endpoints.dynamodb, denied),
      openDoor('lambda', world.endpoints.lambda, denied),
    ]);
    return new ConsumerAccount(world, testDatabase, denied, { dynamodb, lambda });
  }

  collect(more: Partial<Connection> = {}, consumerThresholds: Thresholds = THRESHOLDS) {
    const stopping = new AbortController();
    const { kinesis, cloudwatch, firehose } = this.world.endpoints;
    const connection = embeddedConnectionTo(
      {
        kinesis,
        cloudwatch,
        firehose,
        dynamodb: this.#doors.dynamodb.url,
        lambda: this.#doors.lambda.url,
      },
      'test',
      {
        metrics: { periodSeconds: 1, delaySeconds: 0, also: [] },
        cadence: { watchedSeconds: 1, unwatchedSeconds: 1, topologySeconds: 1 },
        budgetDollarsPerDay: null,
        ...more,
      },
    );
    const aws = openAws(connection);
    const collector = startCollector(
      {
        connection,
        aws,
        database: this.database,
        log: pino({ level: 'silent' }),
        nowMs: Date.now,
        holder: crypto.randomUUID(),
        consumerThresholds,
      },
      stopping.signal,
    );
    return {
      collector,
      async stop() {
        stopping.abort();
        await collector.done;
        aws.close();
      },
    };
  }

  /**
   * Makes a stream in a second of its own, as shards know when they were made to the second, and writes records to each
   * of its shards.
   * @returns a sequence number by shard
   */
  async makeStream(streamName: string, shardCount: number): Promise<ReadonlyMap<string, string>> {
    const second = Math.floor(Date.now() / 1000);
    await setTimeout(Math.max(0, (this.#madeSecond + 1 - second) * 1000 - (Date.now() % 1000)));
    this.#madeSecond = Math.floor(Date.now() / 1000);
    this.world.engine.createStream({ streamName, shardCount });
    this.world.engine.enableEnhancedMonitoring({ streamName, shardLevelMetrics: ['ALL'] });
    return this.put(streamName);
  }

  put(streamName: string): ReadonlyMap<string, string> {
    const records = Array.from({ length: 64 }, (_, i) => ({
      data: Buffer.alloc(10),
      partitionKey: `key-${i}`,
    }));
    const answers = this.world.engine.putRecords({ streamName, records }).results;
    return new Map(
      answers.flatMap((one) =>
        'sequenceNumber' in one ? [[one.shardId, String(one.sequenceNumber)]] : [],
      ),
    );
  }

  async makeTable(
    name: string,
    rows: readonly Row[],
    keys: readonly string[] = ['leaseKey'],
    readCapacity: number | null = null,
  ): Promise<void> {
    await this.dynamodb.send(
      new CreateTableCommand({
        TableName: name,
        KeySchema: keys.map((key, i) => ({
          AttributeName: key,
          KeyType: i === 0 ? 'HASH' : 'RANGE',
        })),
        AttributeDefinitions: keys.map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        ...(readCapacity === null
          ? { BillingMode: 'PAY_PER_REQUEST' }
          : { ProvisionedThroughput: { ReadCapacityUnits: readCapacity, WriteCapacityUnits: 10 } }),
      }),
    );
    for (const row of rows) await this.putRow(name, row);
  }

  async putRow(table: string, row: Row): Promise<void> {
    await this.dynamodb.send(new PutItemCommand({ TableName: table, Item: { ...row } }));
  }

  /** From now on collectors may not do it. @param action as IAM writes it */
  deny(action: string, table: string | null = null): void {
    this.#denied.push({ action, table });
  }

  allowAll(): void {
    this.#denied.length = 0;
  }

  applications() {
    return this.database.db
      .select({
        id: schema.application.id,
        name: schema.application.name,
        kind: schema.application.kind,
        stream: schema.stream.name,
        source: schema.application.source,
        readAt: schema.application.readAt,
        failure: schema.application.failure,
        goneAt: schema.application.goneAt,
        summary: schema.applicationState.summary,
      })
      .from(schema.application)
      .innerJoin(schema.stream, eq(schema.stream.id, schema.application.streamId))
      .leftJoin(
        schema.applicationState,
        eq(schema.applicationState.applicationId, schema.application.id),
      )
      .orderBy(schema.application.id);
  }

  async named(name: string, kind = 'kcl') {
    return (await this.applications()).filter((one) => one.name === name && one.kind === kind);
  }

  async table(name: string) {
    const tables = await this.database.db.select().from(schema.consumerTable);
    return tables.find(({ tableName }) => tableName === name);
  }

  async close(): Promise<void> {
    this.dynamodb.destroy();
    await this.database.close();
    await this.#testDatabase.close();
    await this.#doors.dynamodb.close();
    await this.#doors.lambda.close();
    await this.world.close();
  }
}
