import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as schema from '#server/db/schema.ts';
import { ConsumerAccount, type Row } from '#server/testing/consumer-account.ts';

const waitFor = <T>(check: () => Promise<T>) =>
  vi.waitFor(check, { timeout: 25_000, interval: 100 });

const S = (text: string): AttributeValue => ({ S: text });
const N = (value: number): AttributeValue => ({ N: String(value) });

const lease = (shardId: string, checkpoint: string, more: Row = {}): Row => ({
  leaseKey: S(shardId),
  leaseOwner: S('worker-1'),
  leaseCounter: N(1),
  checkpoint: S(checkpoint),
  checkpointSubSequenceNumber: N(0),
  ownerSwitchesSinceCheckpoint: N(0),
  ...more,
});

const SHARD_0 = 'shardId-000000000000';
const SHARD_1 = 'shardId-000000000001';

const WHOLE_RING = {
  startingHashKey: S('0'),
  endingHashKey: S('340282366920938463463374607431768211455'),
};

const place = (places: ReadonlyMap<string, string>, shardId: string) => {
  const found = places.get(shardId);
  if (found === undefined) throw new Error(`No record went to ${shardId}`);
  return found;
};

describe('consumers of an account', () => {
  let account: ConsumerAccount;
  let running: ReturnType<ConsumerAccount['collect']>;

  beforeAll(async () => {
    account = await ConsumerAccount.open();
    running = account.collect();
  });
  afterAll(async () => {
    await running.stop();
    await account.close();
  });

  test('are found by a lease table of whose stream nothing but its checkpoints tells', async () => {
    const orders = await account.makeStream('orders', 2);
    await account.makeTable('order-totals', [
      lease(SHARD_0, place(orders, SHARD_0)),
      lease(SHARD_1, 'TRIM_HORIZON'),
    ]);
    await account.makeTable('unrelated', [{ id: S('x') }], ['id']);
    await account.makeTable('of-dynamodb-streams', [
      lease('shardId-00000001414562045508-2bac9cd2', 'TRIM_HORIZON'),
    ]);
    await waitFor(async () => {
      const [found] = await account.named('order-totals');
      expect(found).toMatchObject({
        stream: 'orders',
        source: { kind: 'kcl', boundBy: 'creation', isMultiStream: false },
        failure: null,
      });
      expect(found?.readAt).not.toBeNull();
      expect(found?.summary?.leaseCount).toBe(2);
    });
    await waitFor(async () => {
      const [found] = (await account.table('of-dynamodb-streams'))?.binding ?? [];
      expect(found?.binding).toEqual({ kind: 'none', reason: 'unreadable-rows' });
    });
    expect(await account.table('unrelated')).toMatchObject({ layout: 'other', binding: null });
    expect(await account.table('order-totals')).toMatchObject({
      layout: 'kcl',
      readCapacity: null,
      scanUnits: 0.5,
      failure: null,
    });
  });

  test('of several streams are one application a stream, and rows that are no leases are passed over', async () => {
    const left = await account.makeStream('left', 1);
    const right = await account.makeStream('right', 1);
    const createdOf = (name: string) =>
      Math.floor(
        account.world.engine.describeStreamSummary({ streamName: name }).createdAtMs / 1000,
      );
    const rowOf = (name: string, checkpoint: string): Row => {
      const stream = `000000000000:${name}:${createdOf(name)}`;
      return lease(SHARD_0, checkpoint, {
        leaseKey: S(`${stream}:${SHARD_0}`),
        streamName: S(stream),
        shardId: S(SHARD_0),
        entityType: S('LEASE'),
      });
    };
    await account.makeTable('both-sides', [
      rowOf('left', place(left, SHARD_0)),
      rowOf('right', place(right, SHARD_0)),
      { leaseKey: S('Leader'), entityType: S('LEADER') },
      { leaseKey: S('000000000000:left:1'), entityType: S('STREAM') },
      {
        leaseKey: S('worker-1'),
        entityType: S('WORKER_METRIC_STATS'),
        wid: S('worker-1'),
        lut: N(Math.floor(Date.now() / 1000)),
      },
    ]);
    await waitFor(async () => {
      const found = await account.named('both-sides');
      expect(found.map(({ stream }) => stream).sort()).toEqual(['left', 'right']);
      for (const { summary, source } of found) {
        expect(source).toMatchObject({ isMultiStream: true });
        expect(summary).toMatchObject({ leaseCount: 1, workerCount: 1, freshWorkerCount: 1 });
      }
    });
  });

  test('of a table that fits several streams are left open, with the reason, until a person says which', async () => {
    await account.makeStream('twin-a', 1);
    await account.makeStream('twin-b', 1);
    await account.makeTable('undecided', [lease(SHARD_0, 'TRIM_HORIZON', WHOLE_RING)]);
    const streamId = await waitFor(async () => {
      const streams = await account.database.db.select().from(schema.stream);
      const twins = streams.filter(({ name }) => name.startsWith('twin')).map(({ id }) => id);
      expect(twins).toHaveLength(2);
      const [found] = (await account.table('undecided'))?.binding ?? [];
      expect(found?.binding).toMatchObject({ kind: 'ambiguous', reason: 'nothing-checkpointed' });
      expect(found?.binding).toMatchObject({ candidates: expect.arrayContaining(twins) });
      return streams.find(({ name }) => name === 'twin-b')?.id ?? Number.NaN;
    });
    expect(await account.named('undecided')).toEqual([]);

    await account.database.db
      .update(schema.consumerTable)
      .set({ boundByHand: streamId })
      .where(eq(schema.consumerTable.tableName, 'undecided'));
    running.collector.onNotification({ kind: 'discover', connection: 'test' });
    await waitFor(async () => {
      expect(await account.named('undecided')).toMatchObject([
        { stream: 'twin-b', source: { boundBy: 'hand' }, goneAt: null },
      ]);
    });
  });

  test('that may not be read are told of with the permission that is missing, while the others are', async () => {
    const paid = await account.makeStream('paid', 1);
    account.deny('dynamodb:Scan', 'secret-worker');
    account.deny('dynamodb:DescribeTable', 'hidden-worker');
    account.deny('lambda:ListEventSourceMappings');
    for (const name of ['secret-worker', 'hidden-worker', 'open-worker']) {
      await account.makeTable(name, [lease(SHARD_0, place(paid, SHARD_0))]);
    }
    await waitFor(async () => {
      expect(await account.named('open-worker')).toMatchObject([{ stream: 'paid' }]);
      const table = await account.table('secret-worker');
      expect(table?.failure).toMatchObject({ deniedAction: 'dynamodb:Scan' });
      const apis = await account.database.db.select().from(schema.consumerDiscovery);
      const failureOf = (api: string) => apis.find((one) => one.api === api)?.failure ?? null;
      expect(failureOf('dynamodb:ListTables')).toBeNull();
      expect(failureOf('dynamodb:DescribeTable')).toMatchObject({
        deniedAction: 'dynamodb:DescribeTable',
      });
      expect(failureOf('lambda:ListEventSourceMappings')).toMatchObject({
        deniedAction: 'lambda:ListEventSourceMappings',
      });
      expect(failureOf('firehose:ListDeliveryStreams')).toBeNull();
    });
    account.allowAll();
  });

  test('of a stream that is made again are not those of the one before', async () => {
    const before = await account.makeStream('phoenix', 1);
    await account.makeTable('ash-reader', [lease(SHARD_0, place(before, SHARD_0), WHOLE_RING)]);
    await waitFor(async () => expect(await account.named('ash-reader')).toHaveLength(1));

    account.world.engine.deleteStream({ streamName: 'phoenix' });
    await account.makeStream('phoenix', 1);
    await waitFor(async () => {
      const streams = await account.database.db.select().from(schema.stream);
      const incarnations = streams.filter(({ name }) => name === 'phoenix');
      expect(incarnations).toHaveLength(2);
      const [found] = (await account.table('ash-reader'))?.binding ?? [];
      expect(found?.binding).toEqual({ kind: 'none', reason: 'other-streams-shards' });
    });
    const applications = await account.named('ash-reader');
    expect(applications).toHaveLength(1);
    const [first] = await account.database.db
      .select()
      .from(schema.stream)
      .where(eq(schema.stream.name, 'phoenix'))
      .orderBy(schema.stream.id);
    expect(first?.goneAt).not.toBeNull();
  });

  test('go on from where the collector before saw them', async () => {
    const steps = await account.makeStream('steps', 1);
    await account.makeTable('climber', [lease(SHARD_0, place(steps, SHARD_0))]);
    const observations = async () => {
      const [found] = await account.named('climber');
      const all = await account.database.db.select().from(schema.leaseObservation);
      return all.filter(({ applicationId }) => applicationId === found?.id);
    };
    await waitFor(async () => expect((await observations()).length).toBeGreaterThan(1));
    await running.stop();
    const before = await observations();
    await account.putRow(
      'climber',
      lease(SHARD_0, place(account.put('steps'), SHARD_0), {
        leaseOwner: S('worker-2'),
        leaseCounter: N(9),
      }),
    );
    running = account.collect();
    await waitFor(async () => expect((await observations()).length).toBeGreaterThan(before.length));
    const [found] = await account.named('climber');
    const events = await account.database.db
      .select()
      .from(schema.applicationEvent)
      .where(eq(schema.applicationEvent.applicationId, found?.id ?? -1));
    // It remembers the owner that it saw before it was started anew.
    expect(events.filter(({ kind }) => kind !== 'status-changed')).toMatchObject([
      { kind: 'owner-changed', detail: { from: 'worker-1', to: 'worker-2' } },
    ]);
  });
});
