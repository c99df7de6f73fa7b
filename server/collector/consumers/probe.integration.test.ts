import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { scaleThresholds, THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import * as schema from '#server/db/schema.ts';
import { ConsumerAccount } from '#server/testing/consumer-account.ts';
import { TEST_CONSUMERS } from '#server/testing/embedded-connection.ts';

const STREAM = 'silent-metrics';
const SHARD = 'shardId-000000000000';

const waitFor = <T>(check: () => Promise<T>) =>
  vi.waitFor(check, { timeout: 20_000, interval: 100 });

describe('probes, where a connection allows for them', () => {
  let account: ConsumerAccount;
  let running: ReturnType<ConsumerAccount['collect']>;

  beforeAll(async () => {
    account = await ConsumerAccount.open();
    const consumers = { ...TEST_CONSUMERS, probe: true };
    running = account.collect({ consumers }, scaleThresholds(THRESHOLDS, 1 / 60));
  });
  afterAll(async () => {
    await running.stop();
    await account.close();
  });

  test('tell how long a record has waited that nothing else tells of, on streams that somebody looks at', async () => {
    const first = await account.makeStream(STREAM, 1);
    // Nobody counts what arrives at a shard then.
    account.world.engine.disableEnhancedMonitoring({
      streamName: STREAM,
      shardLevelMetrics: ['ALL'],
    });
    await account.makeTable('slow-reader', [
      {
        leaseKey: { S: SHARD },
        leaseOwner: { S: 'worker-1' },
        leaseCounter: { N: '1' },
        checkpoint: { S: first.get(SHARD) ?? '' },
      },
    ]);
    account.put(STREAM);
    const present = async () => (await account.named('slow-reader'))[0]?.summary;
    await waitFor(async () =>
      expect(await present()).toMatchObject({ lag: { method: 'standing', atLeastMs: 0 } }),
    );
    const reads = () => running.collector.state().calls['kinesis:GetRecords'];
    expect(reads()).toBe(0);

    const [stream] = await account.database.db.select().from(schema.stream);
    await account.database.db.insert(schema.watch).values({
      streamId: stream?.id ?? 0,
      watcher: 'somebody',
      expiresAt: new Date(Date.now() + 60_000),
    });
    await waitFor(async () => {
      const { lag } = (await present()) ?? {};
      expect(lag).toMatchObject({ kind: 'interval', method: 'probe' });
      if (lag?.kind === 'interval') expect(lag.atLeastMs).toBeGreaterThan(0);
    });
    // The same shard is left alone for a while.
    expect(reads()).toBe(1);
  });
});
