import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { rangeMiddle } from '#lib/domain/hash-range.ts';
import { boundariesOf, type Layout, readLayout } from '#lib/domain/reshard/layout.ts';
import type { Step } from '#lib/domain/reshard/step.ts';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import { readApplicationHealth } from '#server/db/consumers/read-application-health.ts';
import { ignoreLag, readReshardJob } from '#server/db/reshard/reshard-job.ts';
import { stream } from '#server/db/schema.ts';
import { planConsumer } from '#server/local-aws/scenario/kcl/consumer-plan.ts';
import { ConsumerAccount } from '#server/testing/consumer-account.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { type ReshardExecutor, startReshardExecutor } from './start-executor.ts';
import { beginJob, type KnownStream } from './testing/begin-job.ts';

const STREAM = 'orders';
const READER = 'order-totals';
const SECONDS = 1_000;

let account: ConsumerAccount;
let collecting: ReturnType<ConsumerAccount['collect']>;
let aws: Aws;
let executor: ReshardExecutor;
let known: KnownStream;
const stop = new AbortController();

/** A stream of three shards, read by an application at work, and all of it looked at. */
beforeAll(async () => {
  account = await ConsumerAccount.open();
  await account.makeStream(STREAM, 3);
  collecting = account.collect();
  await account.world.scenario.startApplication(
    planConsumer({
      application: READER,
      streamNames: [STREAM],
      pollMs: 300,
      checkpointMs: { least: 300, most: 600 },
    }),
  );
  const connection = embeddedConnectionTo(account.world.endpoints, 'test');
  aws = openAws(connection);
  executor = startReshardExecutor(
    {
      database: account.database,
      connections: [{ connection, aws }],
      log: pino({ level: 'silent' }),
      holder: 'test',
    },
    stop.signal,
  );
  await vi.waitFor(async () => expect(await leases()).toHaveLength(3), {
    timeout: 25 * SECONDS,
    interval: 100,
  });
  const [row] = await account.database.db.select().from(stream);
  if (row === undefined) throw new Error('The stream is not known.');
  known = {
    connection: row.connection,
    streamName: row.name,
    streamArn: row.arn,
    createdAtMs: row.createdAtMs,
    streamId: row.id,
  };
}, 40 * SECONDS);

afterAll(async () => {
  stop.abort();
  await executor.done;
  aws.close();
  await collecting.stop();
  await account.close();
});

function layout(): Layout {
  const read = readLayout(account.world.engine.listShards({ streamName: STREAM }).shards);
  if (!read.ok) throw new Error('a hole');
  return read.layout;
}

function shardAt(place: number) {
  const shard = layout()[place];
  if (shard === undefined) throw new Error(`There is no shard ${place}`);
  return shard;
}

async function leases() {
  const [found] = await account.named(READER);
  const read = found === undefined ? null : await readApplicationHealth(account.database, found.id);
  return read?.health.leases ?? [];
}

function reader() {
  const application = account.world.scenario.applications.find(({ name }) => name === READER);
  if (application === undefined) throw new Error('Nobody reads.');
  return application;
}

async function begin(step: Step): Promise<number> {
  const id = await beginJob(account.database, known, boundariesOf(layout()), [step]);
  executor.onNotification({ kind: 'reshard', streamId: known.streamId });
  return id;
}

const jobOf = (id: number) => readReshardJob(account.database, id);

async function expectDone(id: number): Promise<void> {
  await expect.poll(async () => (await jobOf(id))?.state, { timeout: 25 * SECONDS }).toBe('done');
}

async function expectHeldBack(id: number): Promise<void> {
  await expect
    .poll(async () => (await jobOf(id))?.reason, { timeout: 25 * SECONDS })
    .toMatchObject({ kind: 'consumer-lags', words: expect.stringContaining(READER) });
}

/** Splits a shard that is read by nobody who goes on, and waits until that is known of its children. */
async function splitUnread(place: number): Promise<void> {
  reader().setMode('stalled');
  account.put(STREAM);
  await expectDone(await begin({ kind: 'split', at: rangeMiddle(shardAt(place).range) }));
  const children = [shardAt(place).shardId, shardAt(place + 1).shardId];
  await expect
    .poll(
      async () => {
        const found = (await leases()).filter(({ status }) => status === 'WAITING_PARENT');
        return found.map(({ shardId }) => shardId);
      },
      { timeout: 25 * SECONDS },
    )
    .toEqual(expect.arrayContaining(children));
}

test(
  'a merge waits for a reader that stands still in its range, says for whom, and goes on with it',
  async () => {
    await splitUnread(0);
    const merge = await begin({ kind: 'merge', at: shardAt(2).range.start });
    await expectHeldBack(merge);
    expect(layout()).toHaveLength(4);
    reader().setMode('running');
    await expectDone(merge);
    expect(layout()).toHaveLength(3);
  },
  80 * SECONDS,
);

test(
  'a person lets it be done all the same',
  async () => {
    await splitUnread(0);
    const merge = await begin({ kind: 'merge', at: shardAt(1).range.start });
    await expectHeldBack(merge);
    await account.database.db.transaction((tx) => ignoreLag(tx, merge));
    executor.onNotification({ kind: 'reshard', streamId: known.streamId });
    await expectDone(merge);
    expect(layout()).toHaveLength(3);
  },
  80 * SECONDS,
);

test(
  'a merge elsewhere does not wait for it',
  async () => {
    reader().setMode('running');
    const all = async () => (await leases()).map(({ status }) => status);
    await expect.poll(all, { timeout: 25 * SECONDS }).not.toContain('WAITING_PARENT');
    await splitUnread(0);
    await expectDone(await begin({ kind: 'merge', at: shardAt(3).range.start }));
    expect(layout()).toHaveLength(3);
  },
  80 * SECONDS,
);
