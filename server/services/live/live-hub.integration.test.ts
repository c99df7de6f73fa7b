import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PaceSettings, ReplayDraft } from '#lib/domain/replay/settings.ts';
import type { LiveEvent } from '#lib/live/live-event.ts';
import type { WatchTarget } from '#lib/live/watch-target.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { replayRun } from '#server/db/replay/schema.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { seedOf } from '#server/services/testing/seed.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { createLiveHub, type LiveHub } from './live-hub.ts';

const T0 = Date.UTC(2026, 0, 1, 12, 0, 0);
const TARGET: WatchTarget = { connection: 'main', streamName: 'tweets' };

let testDatabase: TestDatabase;
let database: Database;
let seed: ReturnType<typeof seedOf>;
let hub: LiveHub;
let openTabs: (() => Promise<void>)[];

beforeEach(async () => {
  openTabs = [];
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 4, onIdleError: () => {} });
  seed = seedOf(database);
  await seed.connection('main');
  hub = createLiveHub({
    database,
    databaseUrl: testDatabase.url,
    topologies: createTopologyCache(),
    log: pino({ level: 'silent' }),
    timing: { gatherMs: 20, heartbeatMs: 100, retryMsMin: 20, retryMsMax: 100 },
  });
});

afterEach(async () => {
  for (const close of openTabs) await close();
  await hub.close();
  await database.close();
  await testDatabase.close();
});

/** A tab: `next(type)` waits for the next event of that type and returns it, with all that came before it. */
function openTab(target: WatchTarget | null, known: string | null = null) {
  const controller = new AbortController();
  const events = hub.subscribe(target, controller.signal, known)[Symbol.asyncIterator]();
  const seen: LiveEvent[] = [];
  async function next<T extends LiveEvent['type']>(
    type: T,
  ): Promise<Extract<LiveEvent, { type: T }>> {
    for (;;) {
      const { value, done } = await events.next();
      if (done === true) throw new Error(`The stream ended before an event "${type}".`);
      seen.push(value);
      if (value.type === type) return value as Extract<LiveEvent, { type: T }>;
    }
  }
  openTabs.push(async () => {
    controller.abort();
    await events.return?.(undefined);
  });
  return { next, seen, events, abort: () => controller.abort() };
}

async function seedTweets(createdAtMs = 1_000) {
  const streamId = await seed.stream({ connection: 'main', name: 'tweets', createdAtMs });
  const topologyId = await seed.topology({ streamId, openShardCount: 2 });
  return { streamId, topologyId };
}

async function watchedIds(): Promise<number[]> {
  const { rows } = await database.db.execute<{ stream_id: number }>(
    sql`select stream_id from watch where expires_at > now()`,
  );
  return rows.map((row) => row.stream_id);
}

test('a snapshot comes first, then the shards and figures of the stream that is watched', async () => {
  const { streamId, topologyId } = await seedTweets();
  await seed.frame({ streamId, topologyId, periodStartMs: T0, shardCount: 2 });
  const tab = openTab(TARGET);
  await tab.next('frame');
  // A slow machine may let heartbeats come first.
  const told = tab.seen.map((event) => event.type).filter((type) => type !== 'heartbeat');
  expect(told).toEqual(['snapshot', 'topology', 'frame']);
  expect(Math.abs((tab.seen[0]?.serverTimeMs ?? 0) - Date.now())).toBeLessThan(5_000);
});

test('a tab that has a state is told only what has changed since, by the same process', async () => {
  const tweets = await seedTweets();
  await seed.stream({ connection: 'main', name: 'orders', createdAtMs: 2_000 });
  const first = await openTab(null).next('snapshot');
  expect(first.kept).toEqual([]);
  const orders = first.rows.find(({ streamName }) => streamName === 'orders')?.streamId;
  expect(hub.currentRows()?.revision).toBe(first.revision);

  const listing = openTab(null, first.revision);
  const nothingNew = await listing.next('snapshot');
  expect(nothingNew).toMatchObject({ rows: [], revision: first.revision });
  expect([...nothingNew.kept].sort()).toEqual([tweets.streamId, orders].sort());

  await seed.frame({
    ...tweets,
    periodStartMs: T0,
    shardCount: 2,
    stream: { IncomingRecords: 50 },
  });
  const { revision } = await listing.next('rows');
  const late = await openTab(null, first.revision).next('snapshot');
  expect(late).toMatchObject({ kept: [orders], revision });
  expect(late.rows.map((row) => row.rates?.incomingRecordsPerSecond)).toEqual([10]);

  const stranger = await openTab(null, 'another process/7').next('snapshot');
  expect(stranger).toMatchObject({ kept: [] });
  expect(stranger.rows).toHaveLength(2);
});

test('a new frame reaches each tab once; only the one that watches gets its shards', async () => {
  const { streamId, topologyId } = await seedTweets();
  const watching = openTab(TARGET);
  const listing = openTab(null);
  await Promise.all([watching.next('topology'), listing.next('snapshot')]);

  await seed.frame({
    streamId,
    topologyId,
    periodStartMs: T0,
    shardCount: 2,
    stream: { IncomingRecords: 50 },
  });
  const { frame } = await watching.next('frame');
  expect(frame).toMatchObject({ streamId, topologyId, periodStartMs: T0 });
  const rows = await listing.next('rows');
  expect(rows.upsert.map((row) => row.rates?.incomingRecordsPerSecond)).toEqual([10]);

  await listing.next('heartbeat');
  expect(listing.seen.filter((event) => event.type === 'rows')).toHaveLength(1);
  expect(listing.seen.some((event) => event.type === 'frame')).toBe(false);
});

test('a reader who is slow gets the newest state instead of a backlog', async () => {
  const { streamId, topologyId } = await seedTweets();
  const slow = openTab(TARGET);
  // The last of what a tab is told first.
  await slow.next('replays');
  const quick = openTab(TARGET);
  await quick.next('topology');
  for (let i = 0; i < 5; i += 1) {
    await seed.frame({
      streamId,
      topologyId,
      periodStartMs: T0 + i * 5_000,
      shardCount: 2,
      stream: { IncomingRecords: i },
    });
    // The quick one proves that each was published by itself.
    expect((await quick.next('frame')).frame.periodStartMs).toBe(T0 + i * 5_000);
  }
  const before = slow.seen.length;
  expect((await slow.next('frame')).frame.periodStartMs).toBe(T0 + 20_000);
  expect(slow.seen.slice(before).map((event) => event.type)).toEqual(['rows', 'frame']);
});

test('a stream that is made again under its name replaces the old one', async () => {
  const old = await seedTweets(1_000);
  await seed.frame({ ...old, periodStartMs: T0, shardCount: 2 });
  const tab = openTab(TARGET);
  await tab.next('frame');
  await seed.gone(old.streamId);
  expect((await tab.next('rows')).removed).toEqual([old.streamId]);

  const young = await seedTweets(2_000);
  await seed.frame({ ...young, periodStartMs: T0, shardCount: 2 });
  expect(await tab.next('topology')).toMatchObject({ streamId: young.streamId });
  expect((await tab.next('frame')).frame.streamId).toBe(young.streamId);
  await expect.poll(watchedIds).toEqual([young.streamId]);
});

test('a stream is watched in the database for as long as a tab looks at it', async () => {
  const { streamId } = await seedTweets();
  const one = openTab(TARGET);
  const two = openTab(TARGET);
  await Promise.all([one.next('topology'), two.next('topology')]);
  await expect.poll(watchedIds).toEqual([streamId]);
  one.abort();
  await expect(one.next('snapshot')).rejects.toThrow('ended');
  await two.next('heartbeat');
  expect(await watchedIds()).toEqual([streamId]);
  two.abort();
  await expect(two.next('snapshot')).rejects.toThrow('ended');
  await expect.poll(watchedIds).toEqual([]);
});

test('after a break of all connections a new snapshot comes, over the same stream of events', async () => {
  const { streamId, topologyId } = await seedTweets();
  const tab = openTab(TARGET);
  await tab.next('topology');
  // The pool's own connection goes as well: it may report the end of the very query that ends it.
  const kill = database.db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await kill;
  await tab.next('snapshot');
  await seed.frame({ streamId, topologyId, periodStartMs: T0, shardCount: 2 });
  expect((await tab.next('frame')).frame.periodStartMs).toBe(T0);
});

test('while the database cannot be read the tab is told so, hears heartbeats, and recovers', async () => {
  await seedTweets();
  const tab = openTab(TARGET);
  await tab.next('topology');
  await database.db.execute(sql`alter table stream rename to stream_away`);
  await database.db.execute(
    sql`select pg_notify('kinetoscope', '{"kind":"connection","connection":"main"}')`,
  );
  const name = (await database.db.execute<{ name: string }>(sql`select current_database() as name`))
    .rows[0]?.name;
  expect(name).toBeDefined();
  // Everything is read again after a break, and the table is not there.
  await database.db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  expect((await tab.next('problem')).message).toContain('cannot read its own database');
  await tab.next('heartbeat');
  await database.db.execute(sql`alter table stream_away rename to stream`);
  expect((await tab.next('snapshot')).rows.map((row) => row.streamName)).toEqual(['tweets']);
});

test('heartbeats tell the time that it is, also after the machine slept', async () => {
  await seedTweets();
  const tab = openTab(null);
  await tab.next('snapshot');
  // What a process sees of a sleep: its monotonic clock has stood still, the database's has not.
  const now = performance.now.bind(performance);
  const slept = vi.spyOn(performance, 'now').mockImplementation(() => now() - 3_600_000);
  try {
    const { serverTimeMs } = await tab.next('heartbeat');
    expect(Math.abs(serverTimeMs - Date.now())).toBeLessThan(60_000);
  } finally {
    slept.mockRestore();
  }
});

test('a connection that is retired takes its streams with it', async () => {
  await seed.connection('other');
  const streamId = await seed.stream({ connection: 'other', name: 'events' });
  const tab = openTab(null);
  expect((await tab.next('snapshot')).rows).toHaveLength(1);
  await database.db.execute(sql`delete from connection_state where connection = 'other'`);
  await database.db.execute(sql`update stream set gone_at = now() where id = ${streamId}`);
  await database.db.execute(
    sql`select pg_notify('kinetoscope', '{"kind":"connection","connection":"other"}')`,
  );
  for (;;) {
    const { value } = await tab.events.next();
    if (value?.type === 'snapshot' && value.rows.length === 0) break;
    expect(value?.type).not.toBe('problem');
  }
});

test('a replay is told of when it comes to another state, and not while it only goes on', async () => {
  const draft = { source: null } as unknown as ReplayDraft;
  const pace = { freeShare: 0.5 } as PaceSettings;
  const [run] = await database.db
    .insert(replayRun)
    .values({ state: 'running', draft, pace, targetName: 'tweets-again', createdBy: 'test' })
    .returning({ runId: replayRun.id });
  const runId = run?.runId ?? 0;
  await database.db.insert(replayRun).values({ draft, pace, createdBy: 'test' });
  const set = async (values: Partial<typeof replayRun.$inferInsert>) => {
    await database.db.update(replayRun).set(values).where(eq(replayRun.id, runId));
    await notify(database.db, { kind: 'replay', runId });
  };
  const tab = openTab(null);
  const running = { runId, state: 'running', targetName: 'tweets-again', failure: null };
  // The draft is nobody's business but its page's.
  expect((await tab.next('replays')).replays).toEqual([running]);

  await set({ holder: 'worker-1' });
  await seedTweets();
  await notify(database.db, { kind: 'connection', connection: 'main' });
  await tab.next('rows');
  await set({ state: 'completed' });
  expect((await tab.next('replays')).replays).toEqual([{ ...running, state: 'completed' }]);
  expect(tab.seen.filter(({ type }) => type === 'replays')).toHaveLength(2);

  const late = openTab(null);
  expect((await late.next('replays')).replays).toHaveLength(1);
  expect(late.seen[0]?.type).toBe('snapshot');
});

// Held up, heartbeats come only where notifications pause by chance: a hundred times as late as they are due.
test('a replay that only goes on holds up no heartbeat', { timeout: 10_000 }, async () => {
  const tab = openTab(null);
  await tab.next('replays');
  let heard = false;
  const goesOn = (async () => {
    while (!heard) await notify(database.db, { kind: 'replay', runId: 1 });
  })();
  await tab.next('heartbeat');
  heard = true;
  await goesOn;
});

test('events end when the tab goes', async () => {
  const tab = openTab(null);
  await tab.next('snapshot');
  tab.abort();
  await expect(tab.next('snapshot')).rejects.toThrow('ended');
});

test('what tabs are shown can be asked for while a tab is there, and not after', async () => {
  const { streamId, topologyId } = await seedTweets();
  expect(hub.current(streamId)).toBeNull();
  const tab = openTab(TARGET);
  await tab.next('topology');
  expect(hub.current(streamId)?.topology?.topologyId).toBe(topologyId);
  expect(hub.currentByName(TARGET)?.row.streamId).toBe(streamId);
  expect(hub.currentRows()?.rows.map((row) => row.streamName)).toEqual(['tweets']);
  tab.abort();
  await tab.events.return?.(undefined);
  // Nobody keeps it up any more: it may be of any age.
  await vi.waitFor(() => expect(hub.current(streamId)).toBeNull());
  expect(hub.currentRows()).toBeNull();
});
