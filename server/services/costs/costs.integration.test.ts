import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '#server/db/client.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { setAccountLimits, setAccountLimitsFailure } from '#server/db/spending/account-limits.ts';
import { addToLedger } from '#server/db/spending/add-to-ledger.ts';
import { addApiUse } from '#server/db/spending/api-use.ts';
import { setReadingPlans } from '#server/db/spending/set-reading-plans.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { getQuotas } from '#server/services/quotas/get-quotas.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { getCosts } from './get-costs.ts';
import { getStreamCadence } from './get-stream-cadence.ts';
import { listStretched } from './list-stretched.ts';

const DAY_MS = 86_400_000;

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let streamId: number;

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => {} });
  seed = seedOf(database);
  await seed.connection('main');
  await database.db.execute(sql`update connection_state set budget_dollars_per_day = 1`);
  streamId = await seed.stream({ connection: 'main', name: 'tweets' });
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const plan = (cadenceSeconds: number) =>
  database.db.transaction((tx) =>
    setReadingPlans(tx, [
      { streamId, cadenceSeconds, wantedCadenceSeconds: 60, metricsPerReading: 19 },
    ]),
  );

test('costs are those of the ledger, by UTC day and stream', async () => {
  const nowMs = await readServerTimeMs(database);
  const entry = { streamId, streamName: 'tweets' };
  await database.db.transaction(async (tx) => {
    await addToLedger(tx, 'main', nowMs, [{ ...entry, metrics: 190 }]);
    await addToLedger(tx, 'main', nowMs, [{ ...entry, metrics: -19 }]);
    await addToLedger(tx, 'main', nowMs - DAY_MS, [{ ...entry, metrics: 1_000 }]);
    // One that is gone since then: spent all the same.
    await addToLedger(tx, 'main', nowMs, [{ streamId: 999, streamName: 'former', metrics: 29 }]);
    await addToLedger(tx, 'other', nowMs, [{ ...entry, metrics: 5_000 }]);
  });
  await plan(720);
  const { connections } = await getCosts({ ctx: { database } });
  expect(connections).toHaveLength(1);
  expect(connections[0]).toMatchObject({
    budgetDollarsPerDay: 1,
    charged: true,
    metricsToday: 200,
    streams: [
      { cadenceSeconds: 720, wantedCadenceSeconds: 60, metricsPerReading: 19, metricsToday: 171 },
    ],
  });
  expect(connections[0]?.days.map(({ metrics }) => metrics)).toEqual([1_000, 200]);
});

test('a cadence that is stretched is told, and one that is not is not', async () => {
  await plan(60);
  expect(await listStretched({ ctx: { database } })).toEqual([]);
  await plan(720);
  expect(await listStretched({ ctx: { database } })).toEqual([
    {
      connection: 'main',
      budgetDollarsPerDay: 1,
      stretched: 1,
      streams: 1,
      slowestCadenceSeconds: 720,
    },
  ]);
  const input = { connection: 'main', streamName: 'tweets' };
  expect(await getStreamCadence({ ctx: { database }, input })).toMatchObject({
    cadenceSeconds: 720,
    wantedCadenceSeconds: 60,
    budgetDollarsPerDay: 1,
  });
});

test('quotas are what DescribeLimits said, what was seen of shards, and the calls counted', async () => {
  const connection = embeddedConnectionTo({}, 'main', { quotaShare: 0.2 });
  const aws = createAwsConnections([connection]);
  const read = async () => (await getQuotas({ ctx: { database, aws } })).connections[0];
  expect((await read())?.account).toMatchObject({ readAtMs: null, shardLimit: null });

  await database.db.transaction((tx) =>
    setAccountLimits(tx, 'main', {
      openShardCount: 12,
      shardLimit: 500,
      onDemandStreamCount: 1,
      onDemandStreamLimit: 50,
    }),
  );
  await seed.topology({ streamId, openShardCount: 2 });
  // The same open shards, listed anew: no change of them.
  await seed.topology({ streamId, openShardCount: 2 });
  await seed.topology({ streamId, openShardCount: 4, firstIndex: 2 });
  await addApiUse(database, 'main', new Map([['kinesis:ListShards', 30]]));
  await addApiUse(database, 'main', new Map([['kinesis:ListShards', 12]]));
  const quotas = await read();
  expect(quotas?.account).toMatchObject({ openShardCount: 12, shardLimit: 500, failure: null });
  expect(quotas?.streams).toMatchObject([
    { streamName: 'tweets', consumerCount: 0, reshard: { seen: 1, leftAtLeast: 9 } },
  ]);
  expect(quotas?.apis).toMatchObject([
    {
      api: 'kinesis:ListShards',
      callsPerSecondMax: 1_000,
      ourCallsPerSecondMax: 200,
      callsLastDay: 42,
    },
  ]);

  // What was known stays when it can no longer be read.
  await database.db.transaction((tx) =>
    setAccountLimitsFailure(tx, 'main', { sinceMs: 1, message: 'Not allowed.' }),
  );
  expect((await read())?.account).toMatchObject({
    shardLimit: 500,
    failure: { message: 'Not allowed.' },
  });
  aws.close();
});

test('a reshard of the last day is compared with what was before the day, and older ones do not count', async () => {
  const aws = createAwsConnections([embeddedConnectionTo({}, 'main')]);
  const seen = async () =>
    (await getQuotas({ ctx: { database, aws } })).connections[0]?.streams.map(
      ({ reshard }) => reshard.seen,
    );
  const ids = [
    await seed.topology({ streamId, openShardCount: 1 }),
    await seed.topology({ streamId, openShardCount: 2, firstIndex: 1 }),
    await seed.topology({ streamId, openShardCount: 4, firstIndex: 3 }),
  ];
  for (const [i, hours] of [50, 30, 1].entries()) {
    await database.db.execute(
      sql`update topology set observed_at = now() - ${hours} * interval '1 hour' where id = ${ids[i]}`,
    );
  }
  expect(await seen()).toEqual([1]);
  await database.db.execute(
    sql`update topology set observed_at = now() - interval '25 hours' where id = ${ids[2]}`,
  );
  expect(await seen()).toEqual([]);
  aws.close();
});
