import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, openDatabase } from '#server/db/client.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { getAdvice } from './get-advice.ts';

const MEBIBYTE = 1_048_576;
const MINUTE_MS = 60_000;

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let ctx: Parameters<typeof getAdvice>[0]['ctx'];

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => {} });
  seed = seedOf(database);
  ctx = { database, topologies: createTopologyCache() };
  await seed.connection('main');
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

/** Minutes up to now of four shards: the second takes 1 MiB/s and refuses, the last two are nearly idle. */
async function seedHotStream(minutes: number): Promise<void> {
  const streamId = await seed.stream({ connection: 'main', name: 'tweets' });
  const topologyId = await seed.topology({ streamId, openShardCount: 4 });
  const nowMs = Math.floor((await readServerTimeMs(database)) / MINUTE_MS) * MINUTE_MS;
  for (let minute = 1; minute <= minutes; minute += 1) {
    await seed.frame({
      streamId,
      topologyId,
      periodSeconds: 60,
      periodStartMs: nowMs - minute * MINUTE_MS,
      shardCount: 4,
      stream: {
        IncomingBytes: 60 * 1.3 * MEBIBYTE,
        IncomingRecords: 60 * 400,
        WriteProvisionedThroughputExceeded: 6_000,
      },
      shards: {
        IncomingBytes: [0.2, 1, 0.05, 0.05].map((share) => 60 * share * MEBIBYTE),
        IncomingRecords: [100, 200, 50, 50].map((perSecond) => 60 * perSecond),
        WriteProvisionedThroughputExceeded: [0, 6_000, 0, 0],
      },
    });
  }
}

test('advice rests on the recorded history', async () => {
  await seedHotStream(40);
  const advice = await getAdvice({
    ctx,
    input: { connection: 'main', streamName: 'tweets', headroom: 0.3 },
  });
  expect(advice.findings.map(({ id }) => id)).toEqual([
    'writes-throttled',
    'load-uneven',
    'cold-neighbours',
  ]);
  expect(advice.findings[0]).toMatchObject({
    severity: 'critical',
    pattern: 'sustained',
    spread: 'one-shard',
    shard: { shardId: 'shardId-000000000001', limit: 'writeBytes', use: 1 },
    shardShareOfThrottled: 1,
    throttledPeriods: 40,
    periods: 40,
  });
  expect(advice.findings[2]).toMatchObject({
    pairs: [{ shardIds: ['shardId-000000000002', 'shardId-000000000003'] }],
  });
  // 1.3 MiB/s x 1.3 = 1.69: two shards, and as records were refused, at least.
  expect(advice.sizing).toMatchObject({
    present: { shards: 2 },
    peak: { shards: 2, limit: 'writeBytes' },
    isLeast: true,
  });
});

test('the headroom is what a person sets', async () => {
  await seedHotStream(20);
  const shards = async (headroom: number) =>
    (await getAdvice({ ctx, input: { connection: 'main', streamName: 'tweets', headroom } })).sizing
      .present?.shards;
  expect(await shards(0)).toBe(2);
  // 1.3 x 2.5 = 3.25.
  expect(await shards(1.5)).toBe(4);
});

test('without any history, only what the stream is can be advised on', async () => {
  await seed.stream({ connection: 'main', name: 'fresh', shardMetrics: [] });
  const advice = await getAdvice({
    ctx,
    input: { connection: 'main', streamName: 'fresh', headroom: 0.3 },
  });
  expect(advice.findings.map(({ id }) => id)).toEqual(['shard-metrics-off']);
  expect(advice.recordedSinceMs).toBeNull();
});

test('a stream that is not there is said to be not there', async () => {
  await expect(
    getAdvice({ ctx, input: { connection: 'main', streamName: 'gone', headroom: 0.3 } }),
  ).rejects.toMatchObject({ kind: 'not-found' });
});
