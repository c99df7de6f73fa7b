import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAws } from '#server/aws/open-aws.ts';
import { type Collector, startCollector } from '#server/collector/collector.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { ServiceError } from '#server/services/service-error.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { getAdvice } from './get-advice.ts';

const CONNECTION = 'embedded';

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let collector: Collector;
const stop = new AbortController();

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 6, onIdleError: () => {} });
  world = await startWorld({ scenario: 'demo', pastMinutes: 17 });
  const connection = embeddedConnectionTo(world.endpoints, CONNECTION, {
    budgetDollarsPerDay: null,
  });
  collector = startCollector(
    {
      connection,
      aws: openAws(connection),
      database,
      log: pino({ level: 'silent' }),
      nowMs: Date.now,
      holder: 'test',
    },
    stop.signal,
  );
}, 90_000);

afterAll(async () => {
  stop.abort();
  await collector.done;
  await world.close();
  await database.close();
  await testDatabase.close();
});

/** As each caller makes its own cache, nothing is of before. */
const findingsOf = async (streamName: string) => {
  const ctx = { database, topologies: createTopologyCache() };
  const input = { connection: CONNECTION, streamName, headroom: 0.3 };
  const { findings } = await getAdvice({ ctx, input });
  return findings.map(({ id, ...rest }) =>
    id === 'writes-throttled' && 'pattern' in rest ? `${id}: ${rest.pattern}` : id,
  );
};

test.each([
  ['tweets', 'writes-throttled: sustained'],
  ['audit-log', 'shard-metrics-off'],
  ['document-changed-stream', 'cold-neighbours'],
])(
  'what is the matter with %s of the demo is found: %s',
  async (streamName, found) => {
    // A stream is not there before it has been listed; its past is read behind its present.
    const look = () =>
      findingsOf(streamName).catch((error: unknown) => {
        if (error instanceof ServiceError && error.kind === 'not-found') return [];
        throw error;
      });
    await expect.poll(look, { timeout: 90_000, interval: 500 }).toContain(found);
  },
  120_000,
);
