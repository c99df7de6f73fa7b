import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { ledgerFault, possibleDuplicates, sumLedgers } from '#lib/domain/replay/job/ledger.ts';
import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import { outstandingOf } from '#lib/domain/replay/job/slice-progress.ts';
import type { ListedObject } from '#lib/domain/replay/plan/manifest.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import type { RecordWrites } from '#server/aws/put-records.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { type Listener, listen } from '#server/db/listen.ts';
import { readReplayRun } from '#server/db/replay/run.ts';
import { readReplayEvents } from '#server/db/replay/run-events.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import { replayQuarantine, replayRun, replaySlice } from '#server/db/replay/schema.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import type { ReplayLimits } from './replay-times.ts';
import { type ReplayExecutor, startReplayExecutor } from './start-replay-executor.ts';
import { beginRun } from './testing/begin-run.ts';
import type { KilledWorkerOptions } from './testing/killed-worker.ts';

const CONNECTION = 'test';
const BUCKET = 'archive';
/** Of workers that live: a machine that is busy must not cost them their leases. */
const TIMES = {
  leaseTtlMs: 8_000,
  shareLifeMs: 600,
  claimEveryMs: 200,
  lookEveryMs: 100,
  tickEveryMs: 100,
  targetEveryMs: 200,
};

let testDatabase: TestDatabase;
let database: Database;
let world: World;
let connection: Connection;
let aws: Aws;
let s3: S3Client;
let listener: Listener;
const workers: { readonly executor: ReplayExecutor; readonly stop: AbortController }[] = [];
let names = 0;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
  database = openDatabase(testDatabase.url, { connectionsMax: 20, onIdleError: () => undefined });
  world = await startWorld({ limitScale: null });
  connection = embeddedConnectionTo(world.endpoints, CONNECTION);
  aws = openAws(connection);
  s3 = new S3Client({ ...LOCAL_CLIENT, endpoint: world.endpoints.s3, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  listener = listen(testDatabase.url, {
    onNotification: (notification) => {
      for (const { executor } of workers) executor.onNotification(notification);
    },
    onConnect: () => undefined,
    onDisconnect: () => undefined,
    onMalformed: () => undefined,
  });
});

afterAll(async () => {
  for (const { stop } of workers) stop.abort();
  await Promise.all(workers.map(({ executor }) => executor.done));
  await listener.close();
  s3.destroy();
  aws.close();
  await world.close();
  await database.close();
  await testDatabase.close();
});

function startWorking(
  limits: Partial<ReplayLimits> = {},
  records: RecordWrites = aws.records,
): (typeof workers)[number] {
  const stop = new AbortController();
  const executor = startReplayExecutor(
    {
      database,
      connections: [{ connection, aws: { ...aws, records } }],
      log: pino({ level: process.env['KINETOSCOPE_LOG_LEVEL'] ?? 'silent' }),
      holder: `test ${workers.length} ${Math.random()}`,
      times: TIMES,
      limits,
    },
    stop.signal,
  );
  const worker = { executor, stop };
  workers.push(worker);
  return worker;
}

/** For tests side by side, of which expect.poll knows only one. */
async function until(is: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(async () => expect(await is()).toBe(true), { timeout: 20_000, interval: 10 });
}

async function makeTarget(shardCount: number): Promise<ReplaySettings['target']> {
  names += 1;
  const streamName = `target-${names}`;
  world.engine.createStream({ streamName, shardCount });
  await until(() => world.engine.describeStreamSummary({ streamName }).status === 'ACTIVE');
  const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName });
  return { connection: CONNECTION, streamName, streamArn, createdAtMs };
}

type Made = { readonly key: string; readonly n: number };

/** Objects of lines, gzipped; each record with a number of its own. */
async function putObjects(objects: readonly (readonly Made[])[]): Promise<readonly ListedObject[]> {
  names += 1;
  return Promise.all(
    objects.map(async (records, i) => {
      const key = `a${names}/${String(i).padStart(5, '0')}.gz`;
      const body = gzipSync(records.map((record) => `${JSON.stringify(record)}\n`).join(''));
      const put = await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: body }));
      const etag = (put.ETag ?? '').replaceAll('"', '');
      return {
        ...{ key, etag, versionId: null, storageClass: 'STANDARD', times: null },
        bytes: body.length,
      };
    }),
  );
}

function makeRecords(count: number, keys: number): readonly Made[] {
  return Array.from({ length: count }, (_, n) => ({ key: `key-${n % keys}`, n }));
}

function inObjects(records: readonly Made[], perObject: number): (readonly Made[])[] {
  const objects: (readonly Made[])[] = [];
  for (let at = 0; at < records.length; at += perObject) {
    objects.push(records.slice(at, at + perObject));
  }
  return objects;
}

function settingsFor(
  target: ReplaySettings['target'],
  more: Partial<ReplaySettings> = {},
): ReplaySettings {
  return {
    source: { connection: CONNECTION, bucket: BUCKET, prefix: '', timeZone: 'UTC', paddingMs: 0 },
    sourceStreamArn: null,
    window: null,
    transform: {
      compression: 'gzip',
      format: { kind: 'lines', lineEnds: 'lf' },
      deaggregates: true,
      key: {
        prefersArchived: false,
        source: { kind: 'payload-path', path: ['key'] },
        fallback: { kind: 'quarantine' },
      },
      recordBytesMax: 1_048_576,
    },
    filter: { window: null, partitionKeys: null, sampling: null, dedup: null },
    expression: null,
    target,
    order: 'none',
    quarantine: { share: 1, unitsMin: 1 },
    ...more,
  };
}

const PACE: PaceSettings = {
  pace: { kind: 'maximum' },
  idleGapMs: 60_000,
  freeShare: 1,
  shardCap: { bytesPerSecond: 1_000_000, recordsPerSecond: 1_000 },
  totalCap: null,
};

const FAST: PaceSettings = { ...PACE, shardCap: { bytesPerSecond: 1e9, recordsPerSecond: 1e7 } };

/** All that the target holds, shard by shard, in the order in which it was written. */
function dump({ streamName }: ReplaySettings['target']): readonly (Made & { shard: string })[] {
  return world.engine.listShards({ streamName }).shards.flatMap(({ shardId: shard }) => {
    const first = world.engine.getShardIterator({
      ...{ streamName, shardId: shard },
      position: { type: 'TRIM_HORIZON' },
    });
    const found: (Made & { shard: string })[] = [];
    for (let iterator: string | null = first; iterator !== null; ) {
      const read = world.engine.getRecords({ shardIterator: iterator, limit: 10_000 });
      for (const { data } of read.records) {
        found.push({ ...JSON.parse(Buffer.from(data).toString()), shard });
      }
      iterator = read.records.length === 0 ? null : read.nextShardIterator;
    }
    return found;
  });
}

async function stateOf(runId: number): Promise<RunState | undefined> {
  return (await readReplayRun(database, runId))?.state;
}

async function untilState(runId: number, state: RunState): Promise<void> {
  await until(async () => (await stateOf(runId)) === state);
}

async function ledgerOf(runId: number) {
  const rows = await database.db.select().from(replaySlice);
  const slices = rows.filter((row) => row.runId === runId).map(({ progress }) => progress);
  return {
    ledger: sumLedgers(slices.map(({ ledger }) => ledger)),
    faults: slices.map((slice) => ledgerFault(slice.ledger, outstandingOf(slice))),
  };
}

async function openRequests(runId: number): Promise<number> {
  const rows = await database.db.select().from(replaySlice).where(eq(replaySlice.runId, runId));
  return rows.reduce((sum, { progress }) => sum + progress.requests.length, 0);
}

/** Some of it is written, and some is not. */
async function untilSending(runId: number): Promise<void> {
  const emitted = async () => (await ledgerOf(runId)).ledger.emitted;
  await until(async () => (await emitted()) > 0);
}

const KILLED_WORKER = fileURLToPath(new URL('./testing/killed-worker.ts', import.meta.url));

const numbers = (records: readonly Made[]) => records.map(({ n }) => n).sort((a, b) => a - b);

/** Records whose first copy lies behind that of a later one of their key, in the log of one shard. */
function inversionsIn(log: readonly Made[]): number {
  const firsts = [...new Map(log.toReversed().map((record) => [record.n, record])).values()];
  firsts.sort((a, b) => log.indexOf(a) - log.indexOf(b));
  const last = new Map<string, number>();
  return firsts.filter(({ key, n }) => {
    const newest = last.get(key) ?? -1;
    last.set(key, Math.max(newest, n));
    return n < newest;
  }).length;
}

/** Throttles each record that is chosen when it is first sent, within its request; the world refuses whole requests only. */
function refusingOnce(isRefused: (record: Made) => boolean): RecordWrites {
  const refused = new Set<number>();
  const isTaken = ({ data }: { readonly data: Uint8Array }) => {
    const record: Made = JSON.parse(Buffer.from(data).toString());
    if (refused.has(record.n) || !isRefused(record)) return true;
    refused.add(record.n);
    return false;
  };
  return {
    ...aws.records,
    async putRecords(streamArn, records, signal) {
      const taken = records.map(isTaken);
      const sent = records.filter((_, i) => taken[i]);
      const answer = await aws.records.putRecords(streamArn, sent, signal);
      if (answer.kind === 'not-answered') return answer;
      const answers = answer.records.values();
      const throttled = { ok: false, errorCode: 'ProvisionedThroughputExceededException' } as const;
      return {
        kind: 'answered',
        records: taken.map((is) => (is ? (answers.next().value ?? throttled) : throttled)),
      };
    },
  };
}

test('where order is free, records that a throttle puts behind later ones of their key are counted', async () => {
  // One request at a time: records are acknowledged in the order in which they are written.
  const { stop, executor } = startWorking(
    { requestsPerSlice: 1 },
    refusingOnce(({ n }) => n % 7 < 2),
  );
  const target = await makeTarget(2);
  const records = makeRecords(600, 23);
  const objects = await putObjects(inObjects(records, 200));
  const runId = await beginRun(database, settingsFor(target), FAST, objects, 1);
  await untilState(runId, 'completed');
  stop.abort();
  await executor.done;
  const written = dump(target);
  expect(numbers(written)).toEqual(numbers(records));
  const { ledger, faults } = await ledgerOf(runId);
  expect(faults).toEqual([null]);
  expect(inversionsIn(written)).toBeGreaterThan(0);
  expect(ledger.orderInversions).toBe(inversionsIn(written));
});

test('a worker that is killed leaves its slices to another, and what it had in flight is counted', async () => {
  const target = await makeTarget(2);
  const records = makeRecords(2_000, 53);
  const objects = await putObjects(inObjects(records, 200));
  world.faults.addFault({ effect: { type: 'stall', ms: 150 }, operation: 'PutRecords' });
  const options: KilledWorkerOptions = {
    databaseUrl: testDatabase.url,
    endpoints: world.endpoints,
    connection: CONNECTION,
    times: { ...TIMES, leaseTtlMs: 1_000 },
  };
  const killed = fork(KILLED_WORKER, [JSON.stringify(options)], { execArgv: [] });
  await once(killed, 'message');
  const runId = await beginRun(database, settingsFor(target), PACE, objects, 2);
  await until(async () => (await openRequests(runId)) > 0);
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  const left = await openRequests(runId);
  world.faults.clearFaults();
  // These two are there for all tests that follow.
  startWorking();
  startWorking();
  await untilState(runId, 'completed');
  const written = dump(target);
  expect(new Set(written.map(({ n }) => n)).size).toBe(records.length);
  const { ledger, faults } = await ledgerOf(runId);
  expect(faults).toEqual([null, null]);
  expect(ledger.recordsInterrupted > 0).toBe(left > 0);
  expect(written.length - records.length).toBeLessThanOrEqual(possibleDuplicates(ledger));
});

test.concurrent('an archive comes out record by record, shared by two workers', async () => {
  const target = await makeTarget(4);
  const records = makeRecords(6_000, 97);
  const objects = await putObjects(inObjects(records, 500));
  const runId = await beginRun(database, settingsFor(target), FAST, objects, 4);
  await untilState(runId, 'completed');
  expect(numbers(dump(target))).toEqual(numbers(records));
  const { ledger, faults } = await ledgerOf(runId);
  expect(faults).toEqual([null, null, null, null]);
  expect(ledger).toMatchObject({
    emitted: 6_000,
    decoded: 6_000,
    objectsCompleted: 12,
    recordsInterrupted: 0,
    takeovers: 0,
  });
});

test.concurrent('per key, records come in the order of the archive, whatever is refused or lost', async () => {
  const target = await makeTarget(2);
  const records = makeRecords(900, 40);
  const objects = await putObjects(inObjects(records, 500));
  const { streamName } = target;
  world.faults.addFault({
    streamName,
    effect: { type: 'lose-answer' },
    operation: 'PutRecords',
    probability: 0.2,
  });
  world.faults.addFault({
    streamName,
    effect: { type: 'throttle' },
    operation: 'PutRecords',
    probability: 0.2,
  });
  const runId = await beginRun(
    database,
    settingsFor(target, { order: 'per-key' }),
    FAST,
    objects,
    1,
  );
  await untilState(runId, 'completed');
  const written = dump(target);
  expect(new Set(written.map(({ n }) => n)).size).toBe(records.length);
  const { ledger, faults } = await ledgerOf(runId);
  expect(faults).toEqual([null]);
  expect(ledger.recordsInLostAnswers).toBeGreaterThan(0);
  expect(ledger.orderInversions).toBe(0);
  expect(written.length - records.length).toBeLessThanOrEqual(possibleDuplicates(ledger));
  for (const shard of new Set(written.map((record) => record.shard))) {
    const firsts = new Map<string, number[]>();
    const seen = new Set<number>();
    for (const { key, n } of written.filter((record) => record.shard === shard)) {
      if (seen.has(n)) continue;
      seen.add(n);
      firsts.set(key, [...(firsts.get(key) ?? []), n]);
    }
    for (const order of firsts.values()) expect(order).toEqual(order.toSorted((a, b) => a - b));
  }
});

test.concurrent('in strict order the log of a shard is the archive', async () => {
  const target = await makeTarget(1);
  const records = makeRecords(60, 7);
  const objects = await putObjects(inObjects(records, 20));
  const runId = await beginRun(
    database,
    settingsFor(target, { order: 'strict' }),
    FAST,
    objects,
    1,
  );
  await untilState(runId, 'completed');
  expect(dump(target).map(({ n }) => n)).toEqual(records.map(({ n }) => n));
});

test.concurrent('after paused is shown nothing is sent, and resumed it ends with nothing lost', async () => {
  const target = await makeTarget(1);
  const records = makeRecords(3_000, 11);
  const objects = await putObjects(inObjects(records, 300));
  const runId = await beginRun(database, settingsFor(target), PACE, objects, 1);
  await untilSending(runId);
  await database.db.transaction((tx) => applyRunEvent(tx, runId, 'pause', { actor: 'somebody' }));
  await untilState(runId, 'paused');
  const before = dump(target).length;
  expect(before).toBeLessThan(records.length);
  const { ledger } = await ledgerOf(runId);
  expect(ledger.emitted).toBe(before);
  expect((await ledgerOf(runId)).faults).toEqual([null]);
  await database.db
    .update(replayRun)
    .set({ pace: FAST, paceRevision: 2 })
    .where(eq(replayRun.id, runId));
  // What was written meanwhile would show now.
  expect(dump(target).length).toBe(before);
  await database.db.transaction((tx) => applyRunEvent(tx, runId, 'resume', { actor: 'somebody' }));
  await untilState(runId, 'completed');
  expect(numbers(dump(target))).toEqual(numbers(records));
});

test.concurrent('what cannot be read any more, or is broken, goes to quarantine with its reason', async () => {
  const target = await makeTarget(2);
  const records = makeRecords(400, 11);
  const objects = await putObjects(inObjects(records, 100));
  const [changed, gone, cut] = objects;
  if (changed === undefined || gone === undefined || cut === undefined) throw new Error('too few');
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: changed.key, Body: 'another' }));
  await s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: gone.key }));
  const body = gzipSync(`${'{"no":"key"}\n'.repeat(3)}{"key":"a","n":-1}\n`);
  const put = await s3.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: cut.key, Body: body.subarray(0, -4) }),
  );
  const known = objects.map((object) =>
    object === cut
      ? { ...cut, bytes: body.length - 4, etag: (put.ETag ?? '').replaceAll('"', '') }
      : object,
  );
  const runId = await beginRun(database, settingsFor(target), FAST, known, 1);
  await untilState(runId, 'completed-with-quarantine');
  expect(numbers(dump(target))).toEqual(numbers(records.slice(300)));
  const rows = await database.db
    .select({ object: replayQuarantine.object, reason: replayQuarantine.reason })
    .from(replayQuarantine)
    .where(eq(replayQuarantine.runId, runId))
    .orderBy(replayQuarantine.object);
  expect(rows).toEqual([
    { object: 0, reason: 'object-changed' },
    { object: 1, reason: 'object-gone' },
    { object: 2, reason: 'truncated' },
  ]);
  const { ledger, faults } = await ledgerOf(runId);
  expect(faults).toEqual([null]);
  expect(ledger).toMatchObject({ quarantined: 3, objectsWithQuarantine: 3, objectsCompleted: 1 });
});

test.concurrent('a target that is resharded in the middle gets all, by its new shards', async () => {
  const target = await makeTarget(1);
  const records = makeRecords(1_500, 211);
  const objects = await putObjects(inObjects(records, 300));
  const runId = await beginRun(database, settingsFor(target), PACE, objects, 1);
  await untilSending(runId);
  world.engine.splitShard({
    streamName: target.streamName,
    shardToSplit: 'shardId-000000000000',
    newStartingHashKey: hashKey(2n ** 127n),
  });
  await untilState(runId, 'completed');
  const written = dump(target);
  expect(numbers(written)).toEqual(numbers(records));
  expect(new Set(written.map(({ shard }) => shard)).size).toBe(3);
});

test.concurrent('a target that is deleted pauses the run, and says so', async () => {
  const target = await makeTarget(1);
  const objects = await putObjects(inObjects(makeRecords(3_000, 11), 300));
  const runId = await beginRun(database, settingsFor(target), PACE, objects, 1);
  await untilSending(runId);
  world.engine.deleteStream({ streamName: target.streamName });
  await untilState(runId, 'failed');
  const run = await readReplayRun(database, runId);
  expect(['target-gone', 'target-refuses']).toContain(run?.failure?.kind);
});

test.concurrent('a plan that is not the approved one is not gone on with', async () => {
  const target = await makeTarget(1);
  const objects = await putObjects(inObjects(makeRecords(10, 3), 10));
  const runId = await beginRun(database, settingsFor(target), FAST, objects, 1);
  await database.db
    .update(replayRun)
    .set({ decoderVersion: 'another' })
    .where(eq(replayRun.id, runId));
  await untilState(runId, 'failed');
  expect((await readReplayRun(database, runId))?.failure?.kind).toBe('decoder-changed');
  expect(dump(target)).toEqual([]);
});

test.concurrent('without the right to write it fails with what AWS said, and goes on once it has it', async () => {
  const target = await makeTarget(1);
  // One request holds them all.
  const records = makeRecords(400, 11);
  const objects = await putObjects(inObjects(records, 400));
  world.faults.addFault({
    ...{ streamName: target.streamName, operation: 'PutRecords', count: 1 },
    effect: { type: 'deny' },
  });
  const runId = await beginRun(database, settingsFor(target), FAST, objects, 1);
  await untilState(runId, 'failed');
  expect((await readReplayRun(database, runId))?.failure).toMatchObject({ kind: 'target-refuses' });
  expect(dump(target)).toEqual([]);
  await database.db.transaction(async (tx) => {
    await applyRunEvent(tx, runId, 'resume', { actor: 'somebody' });
    // As its planner does, once the target is as it was.
    await applyRunEvent(tx, runId, 'begin', { actor: null });
  });
  await untilState(runId, 'completed');
  expect(numbers(dump(target))).toEqual(numbers(records));
  const { ledger, faults } = await ledgerOf(runId);
  expect(faults).toEqual([null]);
  expect(ledger.recordsFailed).toBe(400);
});

test.concurrent('a database that goes away at checkpoints costs no record, and no duplicate that is not told', async () => {
  const target = await makeTarget(2);
  const records = makeRecords(1_500, 31);
  const objects = await putObjects(inObjects(records, 300));
  const own = await openTestDatabase();
  const ownDatabase = openDatabase(own.url, { connectionsMax: 6, onIdleError: () => undefined });
  const stop = new AbortController();
  const executor = startReplayExecutor(
    {
      database: ownDatabase,
      connections: [{ connection, aws }],
      log: pino({ level: 'silent' }),
      holder: 'of a database of its own',
      // Whoever loses its connection at a commit gives its slice up, and takes it again when the lease ran out.
      times: { ...TIMES, leaseTtlMs: 1_000 },
    },
    stop.signal,
  );
  const run = await beginRun(ownDatabase, settingsFor(target), PACE, objects, 2);
  const slices = () => ownDatabase.db.select().from(replaySlice).where(eq(replaySlice.runId, run));
  const cutOff = (at: string) =>
    ownDatabase.db.execute(sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and query like ${at}`);
  // Whoever wrote a checkpoint last: some in the middle of one, some between two.
  let cuts = 0;
  await until(async () => {
    const { rowCount } = await cutOff('%replay_slice%').catch(() => ({ rowCount: 0 }));
    cuts += rowCount ?? 0;
    return cuts >= 6;
  });
  await until(async () => {
    const found = await readReplayRun(ownDatabase, run).catch(() => null);
    return found?.state === 'completed';
  });
  const progress = (await slices()).map((slice) => slice.progress);
  stop.abort();
  await executor.done;
  await ownDatabase.close();
  await own.close();
  const written = dump(target);
  const ledger = sumLedgers(progress.map((each) => each.ledger));
  expect(new Set(written.map(({ n }) => n)).size).toBe(records.length);
  expect(progress.map((each) => ledgerFault(each.ledger, outstandingOf(each)))).toEqual([
    null,
    null,
  ]);
  expect(written.length - records.length).toBeLessThanOrEqual(possibleDuplicates(ledger));
});

test.concurrent('where live traffic is not known nothing is sent, which is told, until there is a cap', async () => {
  const target = await makeTarget(1);
  const records = makeRecords(200, 7);
  const objects = await putObjects(inObjects(records, 100));
  // Nobody collects this stream.
  const shareOfFree = { ...PACE, freeShare: 0.5, shardCap: null };
  const runId = await beginRun(database, settingsFor(target), shareOfFree, objects, 1);
  const capsOf = async () => (await readReplayRun(database, runId))?.caps;
  await until(async () => typeof (await capsOf())?.unknownSinceMs === 'number');
  expect(dump(target)).toEqual([]);
  await database.db
    .update(replayRun)
    .set({ pace: FAST, paceRevision: 2 })
    .where(eq(replayRun.id, runId));
  await untilState(runId, 'completed');
  expect(numbers(dump(target))).toEqual(numbers(records));
  expect((await capsOf())?.unknownSinceMs).toBeNull();
  const kinds = (await readReplayEvents(database, runId, null, 10)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind.startsWith('traffic'))).toEqual([
    'traffic-known',
    'traffic-unknown',
  ]);
});
