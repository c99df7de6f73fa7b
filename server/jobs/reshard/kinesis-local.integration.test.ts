import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashKey } from '#lib/domain/hash-key.ts';
import { RECONCILE_TIMES } from '#lib/domain/reshard/job/reconcile.ts';
import { boundariesOf } from '#lib/domain/reshard/layout.ts';
import { observeStream } from '#server/aws/observe-stream.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import {
  type KinesisLocal,
  startKinesisLocal,
} from '#server/conformance/kinesis-local/start-kinesis-local.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { readReshardJob } from '#server/db/reshard/reshard-job.ts';
import { readJournal } from '#server/db/reshard/reshard-journal.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openTestDatabase, type TestDatabase } from '#server/testing/postgres.ts';
import { startReshardExecutor } from './start-executor.ts';
import { beginJob, type KnownStream, makeKnown } from './testing/begin-job.ts';

/** Another implementation, with faults of its own: see docs/conformance/kinesis-local.md. */
let kinesisLocal: KinesisLocal;
let testDatabase: TestDatabase;
let database: Database;
let connection: Connection;
let aws: Aws;
const stop = new AbortController();
let done: Promise<void>;

beforeAll(async () => {
  [kinesisLocal, testDatabase] = await Promise.all([startKinesisLocal(), openTestDatabase()]);
  database = openDatabase(testDatabase.url, { connectionsMax: 6, onIdleError: () => undefined });
  const { url } = kinesisLocal;
  connection = embeddedConnectionTo({ kinesis: url, cloudwatch: url }, 'local');
  aws = openAws(connection);
  ({ done } = startReshardExecutor(
    {
      database,
      connections: [{ connection, aws }],
      log: pino({ level: 'silent' }),
      holder: 'test',
      times: { ...RECONCILE_TIMES, settleMs: 2_000, confirmMs: 500 },
    },
    stop.signal,
  ));
}, 60_000);

afterAll(async () => {
  stop.abort();
  await done;
  aws.close();
  await database.close();
  await Promise.all([testDatabase.close(), kinesisLocal.stop()]);
});

async function makeStream(streamName: string, shardCount: number): Promise<KnownStream> {
  const { signal } = stop;
  await aws.changes.createStream(
    { streamName, mode: 'PROVISIONED', shardCount, maxRecordKiB: 1_024, tags: {} },
    signal,
  );
  const describe = () => aws.describeSettings(streamName, signal);
  await expect.poll(async () => (await describe()).status, { timeout: 20_000 }).toBe('ACTIVE');
  const described = await describe();
  return makeKnown(database, { ...described, connection: connection.name });
}

async function present(of: KnownStream) {
  const look = await observeStream(aws, of, stop.signal);
  if (look?.layout == null) throw new Error('No layout can be read.');
  return boundariesOf(look.layout);
}

async function endOf(jobId: number) {
  await expect
    .poll(async () => (await readReshardJob(database, jobId))?.state, { timeout: 20_000 })
    .not.toBe('running');
  return readReshardJob(database, jobId);
}

test('splits and merges are carried out, as far as it is like Kinesis', async () => {
  const of = await makeStream('orders', 2);
  const from = await present(of);
  const at = hashKey(2n ** 126n);
  const jobId = await beginJob(database, of, from, [
    { kind: 'split', at },
    { kind: 'merge', at },
  ]);
  expect(await endOf(jobId)).toMatchObject({ state: 'done', stepsDone: 2 });
  expect(await present(of)).toEqual(from);
}, 40_000);

test('where it cuts elsewhere than Kinesis does, the job stops and names the boundaries', async () => {
  const of = await makeStream('payments', 2);
  const jobId = await beginJob(database, of, await present(of), [
    { kind: 'update-shard-count', count: 3 },
    { kind: 'update-shard-count', count: 6 },
  ]);
  const job = await endOf(jobId);
  expect(job).toMatchObject({ state: 'stopped', stepsDone: 0, reason: { kind: 'wrong-result' } });
  // It cuts one shard in half, where Kinesis makes three equal ones.
  expect(job?.reason?.words).toContain('Step 1 gave another layout than it should');
  const calls = (await readJournal(database, jobId)).filter(({ kind }) => kind === 'intent');
  expect(calls).toHaveLength(1);
}, 40_000);
