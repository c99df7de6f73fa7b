import { pino } from 'pino';
import type { ShardMetric } from '#lib/domain/shard-metric.ts';
import type { Role } from '#server/auth/role.ts';
import type { Aws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import type { ScenarioPlan } from '#server/local-aws/scenario/demo-plan.ts';
import { startWorld, type TestWorldOptions } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { appRouter } from '#server/routers/app-router.ts';
import { createCallerFactory } from '#server/routers/procedures.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createLiveHub } from '#server/services/live/live-hub.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase } from '#server/testing/postgres.ts';

/** The connection to the world; as a collector leaves it that has read it. */
const CONNECTION = 'test';

const createCaller = createCallerFactory(appRouter);
export type AppCaller = ReturnType<typeof createCaller>;

/** A stream as procedures that change it are told which. */
export type TargetStream = {
  readonly connection: string;
  readonly streamName: string;
  readonly streamId: number;
};

/** All procedures over a database and a world of a test's own. Close it after the test. */
export type TestProcedures = {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly world: World;
  /** Calls as somebody with this role. */
  as(role: Role): AppCaller;
  /** Writes the row that a collector would have written of a stream that is in the world. */
  know(streamName: string, shardMetrics?: readonly ShardMetric[]): Promise<TargetStream>;
  close(): Promise<void>;
};

export async function openProcedures({
  world: worldOptions = {},
  plan = null,
  connections = () => [],
  open,
}: {
  readonly world?: TestWorldOptions;
  readonly plan?: ScenarioPlan | null;
  /** Those that are configured beside the one to the world. */
  readonly connections?: (world: World) => readonly Connection[];
  readonly open?: (connection: Connection) => Aws;
} = {}): Promise<TestProcedures> {
  const testDatabase = await openTestDatabase();
  const database = openDatabase(testDatabase.url, {
    connectionsMax: 8,
    onIdleError: () => undefined,
  });
  const world = await startWorld(worldOptions, plan);
  const seed = seedOf(database);
  await seed.connection(CONNECTION);
  const log = pino({ level: 'silent' });
  const topologies = createTopologyCache();
  const hub = createLiveHub({ database, databaseUrl: testDatabase.url, topologies, log });
  const aws = createAwsConnections(
    [embeddedConnectionTo(world.endpoints, CONNECTION), ...connections(world)],
    open,
  );
  const shutdown = new AbortController().signal;
  return {
    databaseUrl: testDatabase.url,
    database,
    world,
    as: (role) =>
      createCaller({
        database,
        topologies,
        hub,
        aws,
        log,
        shutdown,
        identity: { name: 'somebody', role },
      }),
    async know(streamName, shardMetrics = []) {
      const summary = world.engine.describeStreamSummary({ streamName });
      const streamId = await seed.stream({
        connection: CONNECTION,
        name: streamName,
        arn: summary.streamArn,
        createdAtMs: summary.createdAtMs,
        openShardCount: summary.openShardCount,
        shardMetrics,
      });
      return { connection: CONNECTION, streamName, streamId };
    },
    async close() {
      aws.close();
      await hub.close();
      await database.close();
      await world.close();
      await testDatabase.close();
    },
  };
}
