import { afterAll, beforeAll, expect, test } from 'vitest';
import { uniformRanges, WHOLE_RING } from '#lib/domain/hash-range.ts';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { LayoutShard } from '#lib/domain/reshard/layout.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { replayRun } from '#server/db/replay/schema.ts';
import { writeSent } from '#server/db/replay/sent-write.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { readLiveTraffic } from './live-traffic.ts';

const PERIOD_MS = 5_000;
const SETTLING = { periodSeconds: 5, delaySeconds: 10 };
/** The period that began 15 s before is the newest of which all has come. */
const NOW_MS = 1_800_000_000_000;
const SETTLED_MS = NOW_MS - 15_000;

let testDatabase: TestDatabase;
let database: Database;
let names = 0;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
});

afterAll(async () => {
  await database.close();
  await testDatabase.close();
});

async function knownStream(more: { readonly shardMetrics?: readonly [] } = {}) {
  const seed = seedOf(database);
  names += 1;
  const streamName = `orders-${names}`;
  const streamArn = `arn:${streamName}`;
  const of = { connection: 'test', name: streamName, arn: streamArn, createdAtMs: 7, ...more };
  const streamId = await seed.stream(of);
  const topologyId = await seed.topology({ streamId, openShardCount: 2 });
  const target = { connection: 'test', streamName, streamArn, createdAtMs: 7 };
  return { seed, streamId, topologyId, target };
}

/** The shards of a topology of two. */
const TWO: readonly LayoutShard[] = uniformRanges(2).map((range, i) => ({
  shardId: shardIdOf(i),
  range,
}));

test('is the newest settled period, less what was ours in it; no datapoint is no traffic', async () => {
  const { seed, streamId, topologyId, target } = await knownStream();
  const at = { streamId, topologyId, shardCount: 2 };
  const measured = { IncomingBytes: [50_000], IncomingRecords: [500] };
  const refused = { WriteProvisionedThroughputExceeded: [40] };
  await seed.frame({ ...at, periodStartMs: SETTLED_MS, shards: { ...measured, ...refused } });
  // Half of it may be missing yet.
  await seed.frame({
    ...at,
    periodStartMs: SETTLED_MS + PERIOD_MS,
    shards: { IncomingBytes: [1] },
  });
  const [run] = await database.db
    .insert(replayRun)
    .values({ draft: NEW_DRAFT, pace: NEW_DRAFT.pace, createdBy: 'x', targetArn: target.streamArn })
    .returning({ id: replayRun.id });
  const shards = { [shardIdOf(0)]: [20_000, 100, 30] } as const;
  await writeSent(database, run?.id ?? 0, 'one', [{ startMs: SETTLED_MS, shards }]);
  await writeSent(database, run?.id ?? 0, 'two', [{ startMs: SETTLED_MS, shards }]);
  await writeSent(database, run?.id ?? 0, 'two', [{ startMs: SETTLED_MS - PERIOD_MS, shards }]);

  const live = await readLiveTraffic(database, target, TWO, SETTLING, NOW_MS);
  expect(live).toMatchObject({ streamId, fromMs: SETTLED_MS, untilMs: SETTLED_MS + PERIOD_MS });
  expect(live?.shards.get(shardIdOf(0))).toEqual({
    rates: { bytesPerSecond: 2_000, recordsPerSecond: 60 },
    refusedRecords: 0,
  });
  const silent = { bytesPerSecond: 0, recordsPerSecond: 0 };
  expect(live?.shards.get(shardIdOf(1))?.rates).toEqual(silent);
});

test('a shard that was not there yet has what went to those that had its hash keys', async () => {
  const { seed, streamId, topologyId, target } = await knownStream();
  const shards = {
    IncomingBytes: [5_000, 10_000],
    IncomingRecords: [50, 100],
    WriteProvisionedThroughputExceeded: [0, 25],
  };
  const periodStartMs = SETTLED_MS;
  await seed.frame({ streamId, topologyId, shardCount: 2, periodStartMs, shards });
  const merged: LayoutShard = { shardId: shardIdOf(2), range: WHOLE_RING };
  const live = await readLiveTraffic(database, target, [merged], SETTLING, NOW_MS);
  expect(live?.shards.get(merged.shardId)).toEqual({
    rates: { bytesPerSecond: 3_000, recordsPerSecond: 30 },
    refusedRecords: 25,
  });
});

test('without shard-level metrics each shard may have all of it, or it is not known', async () => {
  const { seed, streamId, topologyId, target } = await knownStream({ shardMetrics: [] });
  const at = { streamId, topologyId, shardCount: 2, shards: null };
  const little = { IncomingBytes: 10_000, IncomingRecords: 100 };
  await seed.frame({ ...at, periodStartMs: SETTLED_MS, stream: little });
  const live = await readLiveTraffic(database, target, TWO, SETTLING, NOW_MS);
  const all = { bytesPerSecond: 2_000, recordsPerSecond: 20 };
  expect([...(live?.shards.values() ?? [])].map(({ rates }) => rates)).toEqual([all, all]);

  const much = { IncomingBytes: 10_000_000, IncomingRecords: 100 };
  await seed.frame({ ...at, periodStartMs: SETTLED_MS + PERIOD_MS, stream: much });
  const later = await readLiveTraffic(database, target, TWO, SETTLING, NOW_MS + PERIOD_MS);
  expect([...(later?.shards.values() ?? [])].map(({ rates }) => rates)).toEqual([null, null]);
});

test('nothing is known of another stream of the name, nor by figures that are old', async () => {
  const { seed, streamId, topologyId, target } = await knownStream();
  await seed.frame({ streamId, topologyId, shardCount: 2, periodStartMs: SETTLED_MS, shards: {} });
  const read = (createdAtMs: number, nowMs: number) =>
    readLiveTraffic(database, { ...target, createdAtMs }, TWO, SETTLING, nowMs);
  expect(await read(7, NOW_MS)).not.toBeNull();
  expect(await read(8, NOW_MS)).toBeNull();
  expect(await read(7, NOW_MS + 3_600_000)).toBeNull();
});
