import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { NEW_DRAFT } from '#lib/domain/replay/new-draft.ts';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import { insertQuarantine } from '#server/db/replay/quarantine-write.ts';
import { readReplaySlices } from '#server/db/replay/read-progress.ts';
import { applyRunEvent } from '#server/db/replay/run-state.ts';
import { draftOf } from '#server/jobs/replay/testing/draft-of.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { exportQuarantine } from '#server/services/replays/export-quarantine.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openProcedures, type TestProcedures } from '#server/testing/open-procedures.ts';
import type { ArchiveAccess } from './archive-access.ts';
import { type Planner, startPlanner } from './start-planner.ts';

const CONNECTION = 'test';
const BUCKET = 'archive';
/** Of a machine that has much else to do. */
const PATIENCE = { timeout: 15_000, interval: 50 };
const OBJECTS = 12;
const RECORDS_PER_OBJECT = 40;

let procedures: TestProcedures;
let aws: Aws;
let s3: S3Client;
let target: ReplayDraft['target'];
let workers: { readonly planner: Planner; readonly stop: AbortController }[] = [];

beforeAll(async () => {
  procedures = await openProcedures();
  const { world } = procedures;
  aws = openAws(embeddedConnectionTo(world.endpoints, CONNECTION));
  s3 = new S3Client({ ...LOCAL_CLIENT, endpoint: world.endpoints.s3, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  await Promise.all(Array.from({ length: OBJECTS }, (_, i) => putObject(i)));
  world.engine.createStream({ streamName: 'copy', shardCount: 4 });
  await vi.waitFor(
    () => expect(world.engine.describeStreamSummary({ streamName: 'copy' }).status).toBe('ACTIVE'),
    PATIENCE,
  );
  await procedures.know('copy');
  const { streamArn, createdAtMs } = world.engine.describeStreamSummary({ streamName: 'copy' });
  target = { connection: CONNECTION, streamName: 'copy', streamArn, createdAtMs };
  startWorking();
});

afterAll(async () => {
  await stopWorking();
  s3.destroy();
  aws.close();
  await procedures.close();
});

function startWorking(archive?: ArchiveAccess): void {
  const stop = new AbortController();
  const planner = startPlanner(
    {
      database: procedures.database,
      connections: [{ connection: embeddedConnectionTo(procedures.world.endpoints), aws }],
      log: pino({ level: 'silent' }),
      holder: `planner ${workers.length}`,
      leaseTtlMs: 1_000,
      ...(archive !== undefined && { archive }),
    },
    stop.signal,
  );
  workers.push({ planner, stop });
}

const LINE = Buffer.from('{"topic":"a"}\n');

/** Of so many keys, each an object of one record. @param stopsAt it gives no more behind so many, and waits to be let go */
function manyKeys(keys: number, stopsAt: number | null): ArchiveAccess {
  return {
    async *list(startAfter, signal) {
      const first = startAfter === null ? 0 : Number(startAfter) + 1;
      for (let at = first; at < keys; at += 500) {
        if (stopsAt !== null && at >= stopsAt) {
          await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
          return;
        }
        yield Array.from({ length: Math.min(500, keys - at) }, (_, i) => ({
          key: String(at + i).padStart(9, '0'),
          versionId: null,
          etag: 'e',
          bytes: LINE.length,
          storageClass: 'STANDARD',
          times: null,
        }));
      }
    },
    async *read() {
      yield LINE;
    },
  };
}

const PLAIN = { ...ourDraft().transform, compression: 'none' } as ReplayDraft['transform'];

async function stopWorking(): Promise<void> {
  for (const { stop } of workers) stop.abort();
  await Promise.all(workers.map(({ planner }) => planner.done));
  workers = [];
}

/** One each minute from noon on, each with as many records. */
async function putObject(i: number): Promise<void> {
  const minute = String(i).padStart(2, '0');
  const id = `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;
  const records = Array.from({ length: RECORDS_PER_OBJECT }, (_, n) => ({
    topic: `topic-${(i * RECORDS_PER_OBJECT + n) % 20}`,
    n,
  }));
  await s3.send(
    new PutObjectCommand({
      Bucket: BUCKET,
      Key: `tweets/2026/11/20/12/tweets-1-2026-11-20-12-${minute}-00-${id}.gz`,
      Body: gzipSync(records.map((record) => `${JSON.stringify(record)}\n`).join('')),
    }),
  );
}

function ourDraft(change: Partial<ReplayDraft> = {}): ReplayDraft {
  return {
    ...draftOf({
      connection: CONNECTION,
      bucket: BUCKET,
      prefix: 'tweets/',
      keyPath: ['topic'],
      target,
    }),
    pace: {
      ...NEW_DRAFT.pace,
      shardCap: { bytesPerSecond: 100_000, recordsPerSecond: 30 },
    },
    ...change,
  };
}

function wake(): void {
  for (const { planner } of workers) planner.onNotification({ kind: 'replay', runId: 0 });
}

async function until(id: number, state: ReplayView['state']): Promise<ReplayView> {
  const { replays } = procedures.as('operator');
  wake();
  await expect.poll(async () => (await replays.get({ id })).state, PATIENCE).toBe(state);
  return replays.get({ id });
}

async function planned(change: Partial<ReplayDraft> = {}): Promise<ReplayView> {
  const id = await planning(change);
  return until(id, 'planned');
}

async function planning(change: Partial<ReplayDraft> = {}): Promise<number> {
  const { replays } = procedures.as('operator');
  const { id } = await replays.createDraft({ from: 'nothing' });
  const { revision } = await replays.saveDraft({ id, revision: 1, draft: ourDraft(change) });
  await replays.plan({ id, revision });
  return id;
}

test('a draft is planned, approved by its hash, and begun', async () => {
  const { replays } = procedures.as('operator');
  const run = await planned();
  const all = OBJECTS * RECORDS_PER_OBJECT;
  expect(run).toMatchObject({
    failure: null,
    nameToType: null,
    timedFault: 'needs-times',
    plan: {
      objects: OBJECTS,
      listed: OBJECTS,
      slices: OBJECTS,
      records: all,
      recordsError: 0,
      sample: { objects: OBJECTS, records: all },
      refusals: [],
      target: { shardCount: 4, status: 'ACTIVE', mode: 'PROVISIONED' },
    },
  });
  const shares = run.plan?.target.shards.map(({ recordShare }) => recordShare) ?? [];
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  // The fullest shard, at 30 records a second.
  expect(run.plan?.duration?.ms).toBeCloseTo(((Math.max(...shares) * all) / 30) * 1_000);
  expect(run.plan?.price?.parts.map(({ what }) => what)).toContain('PUT payload units');

  const start = {
    id: run.id,
    connection: CONNECTION,
    planHash: run.plan?.planHash ?? '',
    typedName: null,
    purpose: 'a test',
  };
  await expect(replays.start({ ...start, planHash: 'another' })).rejects.toThrow(
    'another plan came out',
  );
  await expect(replays.start({ ...start, connection: 'elsewhere' })).rejects.toThrow('connection');
  await replays.start(start);
  const running = await until(run.id, 'running');
  expect(running).toMatchObject({ startedBy: 'somebody', purpose: 'a test', ledgerFault: null });
  expect(running.startedAtMs).not.toBeNull();
  expect(running.progress).toMatchObject({ objects: OBJECTS, slices: OBJECTS, emitted: 0 });

  const { paceRevision } = await replays.changePace({
    id: run.id,
    connection: CONNECTION,
    paceRevision: running.paceRevision,
    pace: { ...running.pace, freeShare: 0.2 },
  });
  expect(paceRevision).toBe(running.paceRevision + 1);
  await expect(
    replays.changePace({
      id: run.id,
      connection: CONNECTION,
      paceRevision,
      pace: { ...running.pace, pace: { kind: 'timed', speed: 1 } },
    }),
  ).rejects.toThrow('does not keep when a record arrived');
  const { jobs } = procedures.as('operator');
  expect(await jobs.stoppable()).toMatchObject({
    reshards: [],
    policies: [],
    replays: [{ id: run.id, streamName: 'copy' }],
  });
  await expect(jobs.stopAll({ purpose: '  ' })).rejects.toThrow('purpose');
  expect(await jobs.stopAll({ purpose: 'orders are lost' })).toEqual({
    replays: 1,
    reshards: 0,
    policies: 0,
  });
  await replays.control({ id: run.id, event: 'cancel' });
  const { events } = await replays.events({ id: run.id, before: null });
  expect(events.map(({ kind }) => kind)).toEqual([
    'cancel',
    'pause',
    'change-pace',
    'begin',
    'start',
    'freeze',
    'plan',
    'draft',
  ]);
  expect(await replays.receipt({ id: run.id })).toMatchObject({
    isFinal: false,
    isBalanced: true,
    purpose: 'a test',
    planHash: start.planHash,
    order: { promised: 'none' },
  });
  expect(await readReplaySlices(procedures.database, run.id)).toHaveLength(OBJECTS);
});

test('what cannot be started leads back to the draft, and says why', async () => {
  const id = await planning({ window: { fromMs: 0, toMs: 1_000 } });
  const empty = await until(id, 'draft');
  expect(empty.failure?.words).toContain('No object of the archive');
  expect(empty.plan?.refusals.map(({ kind }) => kind)).toContain('nothing-to-replay');
  expect(empty.plan?.planHash).toBeNull();

  const wrong = await until(await planning({ expression: 'topic ==' }), 'draft');
  expect(wrong.failure).toMatchObject({ kind: 'expression' });
  const gone = await until(
    await planning({ target: target === null ? null : { ...target, createdAtMs: 1 } }),
    'draft',
  );
  expect(gone.failure).toMatchObject({ kind: 'target-gone' });
  const missing = await until(
    await planning({
      source: {
        connection: CONNECTION,
        bucket: 'nowhere',
        prefix: '',
        timeZone: 'UTC',
        paddingMs: 0,
      },
    }),
    'draft',
  );
  expect(missing.failure).toMatchObject({ kind: 'cannot-plan' });
});

test('a window and a filter leave what they are to leave', async () => {
  const run = await planned({
    window: { fromMs: Date.UTC(2026, 10, 20, 12, 3), toMs: Date.UTC(2026, 10, 20, 12, 5, 59) },
    expression: 'data.topic == "topic-3"',
  });
  expect(run.plan).toMatchObject({ objects: 3, records: 6 });
  expect(run.plan?.warnings.map(({ kind }) => kind)).toContain('one-shard');
  // All of it is one key.
  expect(run.plan?.sample.hottestKey).toEqual({ partitionKey: 'topic-3', share: 1 });
});

test('records go back to where they came from only where the name is typed', async () => {
  const { replays } = procedures.as('operator');
  const run = await planned({ sourceStreamArn: target?.streamArn ?? null });
  expect(run).toMatchObject({ isTargetSource: true, nameToType: 'copy' });
  const start = {
    id: run.id,
    connection: CONNECTION,
    planHash: run.plan?.planHash ?? '',
    typedName: null,
    purpose: '',
  };
  await expect(replays.start(start)).rejects.toThrow('Type its name, copy');
  await replays.start({ ...start, typedName: 'copy' });
  await until(run.id, 'running');
});

test('a plan of a planner that died is gone on with by another', async () => {
  await stopWorking();
  const id = await planning();
  expect((await procedures.as('viewer').replays.get({ id })).state).toBe('planning');
  startWorking();
  expect((await until(id, 'planned')).plan).toMatchObject({ objects: OBJECTS });
});

test('a planner that dies in the midst of a listing leaves what it stored to the next', async () => {
  await stopWorking();
  startWorking(manyKeys(5_300, 2_500));
  const { replays } = procedures.as('operator');
  const id = await planning({ transform: PLAIN });
  wake();
  await vi.waitFor(
    async () =>
      expect((await replays.get({ id })).listing).toEqual({ listed: 2_000, objects: 2_000 }),
    PATIENCE,
  );
  await stopWorking();
  const stored = await chunksOf(id);
  expect(stored.map(([first]) => first)).toEqual([0, 1_000]);
  startWorking(manyKeys(5_300, null));
  const run = await until(id, 'planned');
  expect(run.plan).toMatchObject({ objects: 5_300, listed: 5_300, records: 5_300, slices: 32 });
  expect((await chunksOf(id)).map(([first]) => first)).toEqual([
    0, 1_000, 2_000, 3_000, 4_000, 5_000,
  ]);
});

test('a listing that is cancelled stops, and is left to whoever ends it', async () => {
  await stopWorking();
  startWorking(manyKeys(5_000, 1_000));
  const { replays } = procedures.as('operator');
  const id = await planning({ transform: PLAIN });
  wake();
  await vi.waitFor(
    async () => expect((await replays.get({ id })).listing?.listed).toBe(1_000),
    PATIENCE,
  );
  await replays.control({ id, event: 'cancel' });
  for (const { planner } of workers) planner.onNotification({ kind: 'replay', runId: id });
  await vi.waitFor(async () => {
    const { rows } = await procedures.database.db.execute(
      sql`select state, holder from replay_run where id = ${id}`,
    );
    expect(rows).toEqual([{ state: 'cancelling', holder: null }]);
  }, PATIENCE);
  await stopWorking();
  startWorking();
});

async function chunksOf(runId: number) {
  const { rows } = await procedures.database.db.execute<{ first: number; entries: number }>(
    sql`select first, jsonb_array_length(entries) as entries from replay_manifest
      where run_id = ${runId} order by first`,
  );
  return rows.map(({ first, entries }) => [first, entries] as const);
}

test('what is about to begin when all jobs are stopped does not, until it is resumed', async () => {
  const { replays, jobs } = procedures.as('operator');
  const { id, plan } = await planned();
  await stopWorking();
  const named = { id, connection: CONNECTION };
  const planHash = plan?.planHash ?? '';
  await replays.start({ ...named, planHash, typedName: null, purpose: 'a test' });
  expect((await jobs.stopAll({ purpose: 'wrong stream' })).replays).toBeGreaterThan(0);
  expect(await replays.get({ id })).toMatchObject({
    state: 'failed',
    failure: { words: expect.stringContaining('wrong stream') },
    startedAtMs: null,
  });
  expect((await jobs.stoppable()).replays).toEqual([]);
  startWorking();
  await replays.resume(named);
  await until(id, 'running');
  await replays.control({ id, event: 'cancel' });
});

test('drafts are saved over what was seen, and by nobody else', async () => {
  const { replays } = procedures.as('operator');
  const { id } = await replays.createDraft({ from: 'nothing' });
  await expect(replays.plan({ id, revision: 1 })).rejects.toThrow('Choose an archive');
  await replays.saveDraft({ id, revision: 1, draft: ourDraft() });
  await expect(replays.saveDraft({ id, revision: 1, draft: ourDraft() })).rejects.toThrow(
    'saved in another tab',
  );
  await expect(replays.plan({ id, revision: 1 })).rejects.toThrow('changed since');
  const viewer = procedures.as('viewer').replays;
  await expect(viewer.saveDraft({ id, revision: 2, draft: ourDraft() })).rejects.toThrow(
    'operator',
  );
  expect(await viewer.get({ id })).toMatchObject({ draft: null, settings: null });
  await replays.discardDraft({ id });
  await expect(replays.get({ id })).rejects.toThrow('There is no replay');
});

test('a draft that begins at a stream to be written to has it as its target', async () => {
  const { replays } = procedures.as('operator');
  const named = { connection: CONNECTION, streamName: 'copy' };
  const { id } = await replays.createDraft({ from: 'target', ...named });
  const run = await replays.get({ id });
  expect(run).toMatchObject({
    target: named,
    isTargetSource: false,
    draft: { target, source: null },
  });
  await expect(
    replays.createDraft({ from: 'target', connection: CONNECTION, streamName: 'nowhere' }),
  ).rejects.toThrow('choose there which stream is written to');
});

test('the audit has a draft as it was begun, planned and discarded, and no key of it', async () => {
  const { replays } = procedures.as('operator');
  const { id } = await replays.createDraft({ from: 'nothing' });
  const draft = ourDraft({
    filter: { ...ALL_RECORDS, partitionKeys: ['jane@example.org'] },
    expression: 'key == "jane@example.org"',
  });
  for (const revision of [1, 2, 3]) await replays.saveDraft({ id, revision, draft });
  await expect(replays.plan({ id, revision: 1 })).rejects.toThrow('changed since');
  await replays.discardDraft({ id });
  const { rows } = await procedures.database.db.execute<{ procedure: string; input: object }>(
    sql`select procedure, input from audit
      where input->>'id' = ${String(id)} or procedure = 'replays.saveDraft' order by id`,
  );
  expect(rows.map(({ procedure }) => procedure)).toEqual(['replays.plan', 'replays.discardDraft']);
  expect(rows[1]?.input).toMatchObject({
    about: {
      state: 'draft',
      revision: 4,
      settings: expect.arrayContaining([
        'filter: Partition keys: 1 key',
        'filter: Expression: CEL, on each record',
      ]),
    },
  });
  expect(JSON.stringify(rows)).not.toContain('jane@example.org');
});

test('what a replay put into quarantine can be replayed, where it was decoded', async () => {
  const { replays } = procedures.as('operator');
  const { database } = procedures;
  const first = await planned();
  const unit = (n: number, partitionKey: string | null) => ({
    object: 0,
    first: n,
    last: n,
    objectKey: 'a',
    etag: 'e',
    reason: partitionKey === null ? 'cut-off' : 'expression-failed',
    partitionKey,
    bytes: Buffer.from(`{"n":${n}}`),
    byteCount: 7,
  });
  await database.db.transaction(async (tx) => {
    await insertQuarantine(tx, first.id, [unit(1, 'a'), unit(2, null), unit(3, 'b')]);
  });
  await expect(replays.createDraft({ from: 'quarantine', id: first.id })).rejects.toThrow(
    'is not over',
  );
  await replays.control({ id: first.id, event: 'cancel' });
  await database.db.transaction((tx) => applyRunEvent(tx, first.id, 'settle', { actor: null }));
  const { id } = await replays.createDraft({ from: 'quarantine', id: first.id });
  await replays.plan({ id, revision: 1 });
  const run = await until(id, 'planned');
  expect(run).toMatchObject({
    quarantineOf: first.id,
    plan: { objects: 1, records: 2, warnings: [] },
  });

  const page = await replays.quarantine({ id: first.id, after: null, reason: null });
  expect(page.rows.map(({ partitionKey }) => partitionKey)).toEqual(['a', null, 'b']);
  expect(page.reasons.map(({ reason, units }) => [reason, units])).toEqual([
    ['expression-failed', 2],
    ['cut-off', 1],
  ]);
  const seen = await procedures
    .as('viewer')
    .replays.quarantine({ id: first.id, after: null, reason: 'cut-off' });
  expect(seen.rows).toMatchObject([{ bytes: null, partitionKey: null, title: 'Cut off' }]);

  const lines: unknown[] = [];
  const actor = { name: 'somebody', role: 'operator' } as const;
  const ctx = { database, log: pino({ level: 'silent' }) };
  for await (const line of await exportQuarantine({ ctx, actor, input: { id: first.id } })) {
    lines.push(JSON.parse(line));
  }
  expect(lines).toMatchObject([
    { data: Buffer.from('{"n":1}').toString('base64'), partitionKey: 'a' },
    { quarantine: { reason: 'cut-off', objectKey: 'a', first: 2 } },
    { partitionKey: 'b' },
  ]);
  const { rows } = await database.db.execute(
    sql`select actor, outcome from audit where procedure = 'replays.exportQuarantine'`,
  );
  expect(rows).toEqual([{ actor: 'somebody', outcome: 'ok' }]);
});

test('a target is looked at before it is planned', async () => {
  const { replays } = procedures.as('operator');
  const asked = { connection: CONNECTION, streamName: 'copy', source: null, sourceStreamArn: null };
  expect(await replays.target(asked)).toMatchObject({
    ...target,
    status: 'ACTIVE',
    isByKey: true,
    isWritable: true,
    isSource: false,
    live: null,
    refusals: [],
    shards: [{ live: null }, {}, {}, {}],
  });
  await expect(replays.target({ ...asked, streamName: 'nobody' })).rejects.toThrow(
    'There is no stream nobody',
  );
});
