import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readRowConsumers } from '#server/db/consumers/read-row-consumers.ts';
import * as schema from '#server/db/schema.ts';
import { ConsumerAccount } from '#server/testing/consumer-account.ts';

describe('the demo', () => {
  let account: ConsumerAccount;
  let running: ReturnType<ConsumerAccount['collect']>;

  beforeAll(async () => {
    account = await ConsumerAccount.open({ scenario: 'demo', pastMinutes: 1, rate: 0.05 });
    running = account.collect({
      metrics: { periodSeconds: 5, delaySeconds: 0, also: [] },
      budgetDollarsPerDay: 5,
    });
  });
  afterAll(async () => {
    await running.stop();
    await account.close();
  });

  test('has consumers of every kind, each with how far it is behind, and nothing is read of Kinesis', async () => {
    await vi.waitFor(
      async () => {
        const found = await account.applications();
        const named = (kind: string, name: string) =>
          found.find((one) => one.kind === kind && one.name === name);
        expect(named('kcl', 'reports-worker')).toMatchObject({
          stream: 'document-changed-stream',
          summary: { lag: { kind: 'interval' } },
        });
        expect(named('kcl', 'quota-worker')?.summary?.lag).toMatchObject({ kind: 'interval' });
        expect(named('lambda', 'document-indexer')?.summary?.lag).toMatchObject({
          kind: 'interval',
          method: 'metric',
        });
        expect(named('lambda', 'session-builder')?.source).toMatchObject({
          mappings: [{ state: 'Enabled', consumerName: 'session-builder' }],
        });
        const fanOut = named('enhanced-fan-out', 'session-builder');
        expect(fanOut?.source).toMatchObject({
          usedBy: { kind: 'lambda', name: 'session-builder' },
        });
        expect(fanOut?.summary?.throughput?.recordsPerSecond).toBeGreaterThan(0);
        const delivery = found.find(({ kind }) => kind === 'firehose');
        expect(delivery?.summary?.lag).toMatchObject({ kind: 'interval', method: 'metric' });
        expect(delivery?.summary?.throughput?.bytesPerSecond).toBeGreaterThan(0);
        expect(found.filter(({ failure }) => failure !== null)).toEqual([]);
      },
      { timeout: 60_000, interval: 200 },
    );
    const rows = await readRowConsumers(account.database, null);
    const streams = await account.database.db.select().from(schema.stream);
    const clicks = streams.find(({ name }) => name === 'clickstream');
    // The function and the consumer that it reads through are one reader.
    expect(rows.get(clicks?.id ?? -1)?.count).toBe(1);
    const apis = Object.entries(running.collector.state().calls);
    expect(
      apis.filter(([api, calls]) => calls > 0 && /:Get(?:Records|ShardIterator)/.test(api)),
    ).toEqual([]);
  }, 70_000);

  test('pays for metrics of consumers out of the budget, and writes them to the ledger', async () => {
    const ledger = await account.database.db.select().from(schema.metricsLedger);
    const streams = await account.database.db.select().from(schema.stream);
    const documents = streams.find(({ name }) => name === 'document-changed-stream');
    const spent = ledger
      .filter(({ streamId }) => streamId === documents?.id)
      .reduce((sum, { metrics }) => sum + metrics, 0);
    const { metrics } = account.world.till.read();
    expect(spent).toBeGreaterThan(0);
    await vi.waitFor(
      async () => {
        const planned = await account.database.db.select().from(schema.stream);
        const { metricsPerReading } = planned.find(({ id }) => id === documents?.id) ?? {};
        // Seven of the stream and of each of its four shards, and those of a function and a delivery stream.
        expect(metricsPerReading).toBe(7 + 4 * 7 + 1 + 3);
      },
      { timeout: 20_000, interval: 200 },
    );
    expect(ledger.reduce((sum, entry) => sum + entry.metrics, 0)).toBeGreaterThanOrEqual(metrics);
  });
});
