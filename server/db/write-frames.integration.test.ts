import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FrameDraft } from '#lib/domain/align-frames.ts';
import { emptyShardValues, emptyStreamValues, unpackFloats } from '#lib/domain/frame.ts';
import { uniformRanges } from '#lib/domain/hash-range.ts';
import { tiersOf } from '#lib/domain/roll-up.ts';
import type { SequenceNumber } from '#lib/domain/sequence-number.ts';
import { type Shard, shardIdOf } from '#lib/domain/shard.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { type Database, openDatabase } from './client.ts';
import type { Transaction } from './collector-lease.ts';
import { deleteExpiredFrames } from './delete-expired-frames.ts';
import { deleteGoneStreams } from './delete-gone-streams.ts';
import { deleteUnusedTopologies } from './delete-unused-topologies.ts';
import { loadTrackedStreams } from './load-tracked-streams.ts';
import { deleteOtherTier, findOtherTiers } from './other-tiers.ts';
import { recordTopology } from './record-topology.ts';
import { frame, stream, topology } from './schema.ts';
import { upsertStream } from './upsert-stream.ts';
import { writeFrames } from './write-frames.ts';

const TIERS = tiersOf(5);
const HOUR_MS = 3_600_000;
/** A full hour, so that every tier begins here. */
const ORIGIN_MS = Date.UTC(2026, 0, 1, 12);
const AT_ORIGIN = { nowMs: ORIGIN_MS, periodSeconds: 5 };

let testDatabase: TestDatabase;
let database: Database;
let streamId: number;
let topologyId: number;

const shards = (count: number): Shard[] =>
  uniformRanges(count).map((range, i) => ({
    shardId: shardIdOf(i),
    range,
    parentShardId: null,
    adjacentParentShardId: null,
    startingSequenceNumber: 1n as SequenceNumber,
    endingSequenceNumber: null,
  }));

beforeEach(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => undefined });
  await database.db.transaction(async (tx) => {
    streamId = await upsertStream(tx, 'test', summary, 5);
    topologyId = (await recordTopology(tx, streamId, shards(2), AT_ORIGIN)).topologyId;
  });
});

afterEach(async () => {
  await database.close();
  await testDatabase.close();
});

const summary = {
  streamName: 'orders',
  streamArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/orders',
  createdAtMs: ORIGIN_MS - HOUR_MS,
  status: 'ACTIVE',
  mode: 'PROVISIONED',
  openShardCount: 2,
  consumerCount: 0,
  retentionHours: 24,
  encryption: 'NONE',
  shardMetrics: [],
} as const;

/** A frame of the period `atMs` after the origin, of so many bytes. */
function draft(atMs: number, bytes: number): FrameDraft {
  const values = emptyStreamValues();
  values[0] = bytes;
  return {
    periodStartMs: ORIGIN_MS + atMs,
    periodSeconds: 5,
    topologyId,
    stream: values,
    shards: emptyShardValues(2),
  };
}

const write = (frames: readonly FrameDraft[], overMs = Number.POSITIVE_INFINITY) =>
  database.db.transaction((tx) => writeFrames(tx, [{ streamId, frames }], TIERS, overMs));

async function stored(periodSeconds: number): Promise<readonly (readonly [number, number])[]> {
  const rows = await database.db
    .select()
    .from(frame)
    .where(eq(frame.periodSeconds, periodSeconds))
    .orderBy(frame.periodStart);
  return rows.map((row) => [
    row.periodStart.getTime() - ORIGIN_MS,
    unpackFloats(row.streamValues)[0] ?? Number.NaN,
  ]);
}

describe('writeFrames', () => {
  test('writes anew the longer periods that are over', async () => {
    const frames = Array.from({ length: 24 }, (_, i) => draft(i * 5_000, 1));
    await write(frames.slice(0, 23), ORIGIN_MS + 115_000);
    expect(await stored(60)).toEqual([[0, 12]]);
    await write(frames.slice(23), ORIGIN_MS + 120_000);
    expect(await stored(60)).toEqual([
      [0, 12],
      [60_000, 12],
    ]);
    expect(await stored(300)).toEqual([]);
    await write([draft(120_000, 5)]);
    expect(await stored(300)).toEqual([[0, 29]]);
    expect(await stored(3_600)).toEqual([[0, 29]]);
  });

  test('a later reading counts where it has a figure, and goes up through the tiers', async () => {
    await write([draft(0, 10), draft(5_000, 20)]);
    await write([draft(0, 11), draft(5_000, Number.NaN)]);
    expect(await stored(5)).toEqual([
      [0, 11],
      [5_000, 20],
    ]);
    expect(await stored(60)).toEqual([[0, 31]]);
    expect(await stored(3_600)).toEqual([[0, 31]]);
  });

  test('says what it wrote, by growing numbers, and leaves alone what is the same', async () => {
    const [first] = await write([draft(0, 10)]);
    const again = await write([draft(0, 10)]);
    const [changed] = await write([draft(0, 12)]);
    expect(first).toMatchObject({
      streamId,
      topologyId,
      periodSeconds: 5,
      periodStartMs: ORIGIN_MS,
    });
    expect(again).toEqual([]);
    expect(changed?.seq).toBeGreaterThan(first?.seq ?? Number.POSITIVE_INFINITY);
  });

  test('takes more frames than one statement', async () => {
    await write(Array.from({ length: 1_300 }, (_, i) => draft(i * 5_000, 1)));
    expect(await stored(5)).toHaveLength(1_300);
    expect((await stored(60)).reduce((sum, [, bytes]) => sum + bytes, 0)).toBe(1_300);
  });
});

const inTransaction = <T>(run: (tx: Transaction) => Promise<T>) => database.db.transaction(run);

test('frames that are kept no longer are deleted, tier by tier', async () => {
  await write([draft(0, 1), draft(2 * HOUR_MS, 2)]);
  for (const tier of TIERS) {
    await inTransaction((tx) => deleteExpiredFrames(tx, 'test', tier, ORIGIN_MS + 4.5 * HOUR_MS));
  }
  expect(await stored(5)).toEqual([[2 * HOUR_MS, 2]]);
  expect(await stored(60)).toHaveLength(2);
});

test('streams that are long gone are deleted with their frames, a few at a time', async () => {
  await write([draft(0, 1)]);
  await inTransaction((tx) => upsertStream(tx, 'test', { ...summary, createdAtMs: 1 }, 5));
  await inTransaction((tx) => upsertStream(tx, 'other', summary, 5));
  await database.db.update(stream).set({ goneAt: new Date() });
  const expire = (goneKeepMs: number) =>
    inTransaction((tx) => deleteGoneStreams(tx, 'test', goneKeepMs, 1));
  expect(await expire(HOUR_MS)).toBe(0);
  expect(await expire(0)).toBe(1);
  expect(await stored(5)).toEqual([]);
  expect(await expire(0)).toBe(1);
  expect(await expire(0)).toBe(0);
  expect(await database.db.select().from(stream)).toMatchObject([{ connection: 'other' }]);
});

test('topologies without frames are deleted once they are long replaced', async () => {
  const recordAt = (nowMs: number, count: number) =>
    inTransaction((tx) => recordTopology(tx, streamId, shards(count), { nowMs, periodSeconds: 5 }));
  await write([draft(0, 1)]);
  const unused = await recordAt(ORIGIN_MS + HOUR_MS, 3);
  const last = await recordAt(ORIGIN_MS + 2 * HOUR_MS, 4);
  const kept = async (replacedBeforeMs: number) => {
    await inTransaction((tx) => deleteUnusedTopologies(tx, 'test', replacedBeforeMs));
    return (await database.db.select().from(topology).orderBy(topology.id)).map((t) => t.id);
  };
  expect(await kept(ORIGIN_MS + 2 * HOUR_MS)).toEqual([
    topologyId,
    unused.topologyId,
    last.topologyId,
  ]);
  expect(await kept(ORIGIN_MS + 3 * HOUR_MS)).toEqual([topologyId, last.topologyId]);
});

test('figures by a period that is configured no more are found and deleted', async () => {
  await write([draft(0, 1)]);
  const now = tiersOf(300);
  expect(await findOtherTiers(database, 'test', TIERS)).toEqual([]);
  const others = await findOtherTiers(database, 'test', now);
  expect(others).toEqual([
    { streamId, periodSeconds: 5 },
    { streamId, periodSeconds: 60 },
  ]);
  for (const other of others) await inTransaction((tx) => deleteOtherTier(tx, other));
  expect(await findOtherTiers(database, 'test', now)).toEqual([]);
});

test('what refers to a row that may be deleted is found by an index', async () => {
  const { rows } = await database.db.execute(sql`
    select conrelid::regclass::text as "table", conname from pg_constraint as reference
    where contype = 'f' and connamespace = 'public'::regnamespace and not exists (
      select 1 from pg_index where indrelid = conrelid and indkey[0] = conkey[1])`);
  expect(rows).toEqual([]);
});

test('a topology is recorded when it differs from the last, not when it is seen again', async () => {
  const record = (count: number) =>
    database.db.transaction((tx) => recordTopology(tx, streamId, shards(count), AT_ORIGIN));
  expect(await record(2)).toMatchObject({ topologyId, isNew: false });
  const wider = await record(3);
  expect(wider.isNew).toBe(true);
  // Back to what it was is not what is in force either.
  expect((await record(2)).isNew).toBe(true);
  expect(await database.db.select().from(topology)).toHaveLength(3);
});

test('a new topology is in force from now on, but in no period that is written', async () => {
  const recordAt = (nowMs: number, count: number) =>
    database.db.transaction((tx) =>
      recordTopology(tx, streamId, shards(count), { nowMs, periodSeconds: 5 }),
    );
  await write([draft(10_000, 1)]);
  // On a clock that is behind the one that the period was read by.
  expect((await recordAt(ORIGIN_MS + 11_000, 3)).observedAtMs).toBe(ORIGIN_MS + 15_000);
  expect((await recordAt(ORIGIN_MS + 12_000, 4)).observedAtMs).toBe(ORIGIN_MS + 15_000);
  expect((await recordAt(ORIGIN_MS + 21_000, 5)).observedAtMs).toBe(ORIGIN_MS + 21_000);
});

test('of topologies, those that were in force since some time are remembered', async () => {
  const recordAt = (nowMs: number, count: number) =>
    database.db.transaction((tx) =>
      recordTopology(tx, streamId, shards(count), { nowMs, periodSeconds: 5 }),
    );
  const second = await recordAt(ORIGIN_MS + HOUR_MS, 3);
  const third = await recordAt(ORIGIN_MS + 2 * HOUR_MS, 4);
  const loaded = async (sinceMs: number) =>
    (await loadTrackedStreams(database, 'test', sinceMs))[0]?.topologies.map((t) => t.topologyId);
  expect(await loaded(ORIGIN_MS + 1.5 * HOUR_MS)).toEqual([second.topologyId, third.topologyId]);
  expect(await loaded(ORIGIN_MS + 3 * HOUR_MS)).toEqual([third.topologyId]);
  expect(await loaded(0)).toHaveLength(3);
});
