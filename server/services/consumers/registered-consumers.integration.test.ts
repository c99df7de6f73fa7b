import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openAws } from '#server/aws/open-aws.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { audit, stream } from '#server/db/schema.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { appRouter } from '#server/routers/app-router.ts';
import { createCallerFactory } from '#server/routers/procedures.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createLiveHub, type LiveHub } from '#server/services/live/live-hub.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';

const CONNECTION = 'test';
const createAppCaller = createCallerFactory(appRouter);

describe('consumers of enhanced fan-out', () => {
  let testDatabase: TestDatabase;
  let database: Database;
  let world: World;
  let hub: LiveHub;
  let aws: ReturnType<typeof createAwsConnections>;
  let consumers: ReturnType<typeof createAppCaller>['consumers'];
  let target: { connection: string; streamName: string; streamId: number };
  let made = 0;

  beforeAll(async () => {
    testDatabase = await openTestDatabase();
    database = openDatabase(testDatabase.url, { connectionsMax: 8, onIdleError: () => undefined });
    world = await startWorld();
    await seedOf(database).connection(CONNECTION);
    await seedOf(database).connection('watched', 'yes');
    const log = pino({ level: 'silent' });
    const topologies = createTopologyCache();
    hub = createLiveHub({ database, databaseUrl: testDatabase.url, topologies, log });
    aws = createAwsConnections([embeddedConnectionTo(world.endpoints, CONNECTION)], (connection) =>
      openAws(connection, { repeats: false }),
    );
    const shutdown = new AbortController().signal;
    const identity = { name: 'somebody', role: 'operator' } as const;
    const caller = createAppCaller({ database, topologies, hub, aws, log, shutdown, identity });
    consumers = caller.consumers;
  });
  afterAll(async () => {
    aws.close();
    await hub.close();
    await database.close();
    await world.close();
    await testDatabase.close();
  });

  beforeEach(async () => {
    made += 1;
    const streamName = `orders-${made}`;
    world.engine.createStream({ streamName, shardCount: 1 });
    const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName });
    const [row] = await database.db
      .insert(stream)
      .values({
        connection: CONNECTION,
        arn: streamArn,
        createdAtMs,
        name: streamName,
        status: 'ACTIVE',
        mode: 'PROVISIONED',
        openShardCount: 1,
        consumerCount: 0,
        retentionHours: 24,
        encryption: 'NONE',
        cadenceSeconds: 5,
      })
      .returning({ id: stream.id });
    target = { connection: CONNECTION, streamName, streamId: row?.id ?? 0 };
  });

  const registered = () => {
    const { streamArn } = world.engine.describeStreamSummary({ streamName: target.streamName });
    return world.engine.listStreamConsumers({ streamArn }).consumers;
  };

  test('are registered and deregistered, each once, and both stand in the audit', async () => {
    const consumerName = 'search-index';
    expect(await consumers.register({ ...target, consumerName })).toEqual({ answered: true });
    const [present] = registered();
    expect(present).toMatchObject({ consumerName });
    const again = consumers.register({ ...target, consumerName });
    await expect(again).rejects.toMatchObject({ code: 'CONFLICT' });

    const consumerArn = present?.consumerArn ?? '';
    const seen = { ...target, consumerName, consumerArn };
    await expect(consumers.deregister({ ...seen, typedName: 'search' })).rejects.toThrow(
      /is not the name of the consumer/,
    );
    const former = { ...seen, consumerArn: `${consumerArn}0`, typedName: consumerName };
    await expect(consumers.deregister(former)).rejects.toThrow(/registered anew/);
    expect(registered()).toHaveLength(1);
    expect(await consumers.deregister({ ...seen, typedName: consumerName })).toEqual({
      answered: true,
    });
    expect(registered()).toEqual([]);

    const rows = await database.db.select().from(audit);
    const done = rows.filter(({ outcome }) => outcome === 'ok').map(({ procedure }) => procedure);
    expect(done).toEqual(expect.arrayContaining(['consumers.register', 'consumers.deregister']));
  });

  test('whose registration was answered by nobody are found out', async () => {
    world.faults.addFault({
      effect: { type: 'lose-answer' },
      operation: 'RegisterStreamConsumer',
      count: 1,
    });
    const asked = consumers.register({ ...target, consumerName: 'reports' });
    expect(await asked).toEqual({ answered: false });
    expect(registered()).toHaveLength(1);
  });

  test('are left alone on a read-only connection, and where the name is none', async () => {
    const watched = { ...target, connection: 'watched', consumerName: 'reports' };
    await expect(consumers.register(watched)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const odd = consumers.register({ ...target, consumerName: 'two words' });
    await expect(odd).rejects.toThrow(/is no name of a consumer/);
    expect(registered()).toEqual([]);
  });
});
