import { eq } from 'drizzle-orm';
import LifionKinesis from 'lifion-kinesis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { unpackObservation } from '#lib/domain/consumers/pack-observation.ts';
import { scaleThresholds, THRESHOLDS } from '#lib/domain/consumers/thresholds.ts';
import { unpackBytes } from '#server/db/consumers/pack-health.ts';
import * as schema from '#server/db/schema.ts';
import { ConsumerAccount } from '#server/testing/consumer-account.ts';

const waitFor = <T>(check: () => Promise<T>) =>
  vi.waitFor(check, { timeout: 30_000, interval: 100 });

const CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * A consumer that is not ours, by the library as it comes from its registry. It polls: for enhanced fan-out, version 1.3.3
 * signs its requests for AWS's own host and sends them there, whatever endpoint it is given.
 */
function foreignConsumer({ world }: ConsumerAccount, streamName: string, consumerGroup: string) {
  const consumer = new LifionKinesis({
    streamName,
    consumerGroup,
    region: 'us-east-1',
    endpoint: world.endpoints.kinesis,
    credentials: CREDENTIALS,
    dynamoDb: {
      region: 'us-east-1',
      endpoint: world.endpoints.dynamodb,
      credentials: CREDENTIALS,
    },
    createStreamIfNeeded: false,
    initialPositionInStream: 'TRIM_HORIZON',
    leaseAcquisitionInterval: 500,
    noRecordsPollDelay: 250,
    useEnhancedFanOut: false,
  });
  let received = 0;
  consumer.on('data', ({ records }: { records: readonly unknown[] }) => {
    received += records.length;
  });
  return { consumer, received: () => received };
}

describe('lifion-kinesis', () => {
  let account: ConsumerAccount;
  let running: ReturnType<ConsumerAccount['collect']>;

  beforeAll(async () => {
    account = await ConsumerAccount.open();
    running = account.collect({}, scaleThresholds(THRESHOLDS, 1 / 60));
  });
  afterAll(async () => {
    await running.stop();
    await account.close();
  });

  const found = async (group: string) => {
    const [application] = await account.named(group, 'lifion');
    return application;
  };

  test('is found, followed to where it has read, and seen to fall behind when it stops', async () => {
    await account.makeStream('invoices', 2);
    const { consumer, received } = foreignConsumer(account, 'invoices', 'billing');
    await consumer.startConsumer();
    try {
      await waitFor(async () => {
        expect(received()).toBe(64);
        expect(await found('billing')).toMatchObject({
          stream: 'invoices',
          source: { kind: 'lifion', tableName: 'lifion-kinesis-state', sharesShards: true },
          failure: null,
          summary: { leaseCount: 2, workerCount: 1 },
        });
      });
      const last = account.put('invoices');
      await waitFor(async () => {
        const application = await found('billing');
        const observed = await account.database.db
          .select()
          .from(schema.leaseObservation)
          .where(eq(schema.leaseObservation.applicationId, application?.id ?? -1))
          .orderBy(schema.leaseObservation.observedAt);
        let kept: ReturnType<typeof unpackObservation> | null = null;
        for (const { body } of observed) kept = unpackObservation(await unpackBytes(body), kept);
        for (const { shardId, checkpoint, owner } of kept ?? []) {
          expect(owner).not.toBeNull();
          const at = checkpoint.kind === 'sequence' ? String(checkpoint.sequenceNumber) : null;
          expect(at).toBe(last.get(shardId));
        }
        expect(kept).toHaveLength(2);
        expect(application?.summary).toMatchObject({ status: 'OK', lag: { atLeastMs: 0 } });
      });
    } finally {
      consumer.stopConsumer();
    }
    await waitFor(async () => {
      account.put('invoices');
      const application = await found('billing');
      expect(application?.summary).toMatchObject({ status: 'STALL' });
      const { lag, backlogRecords } = application?.summary ?? {};
      expect(lag).toMatchObject({ kind: 'interval', method: 'standing' });
      expect(backlogRecords).toBeGreaterThanOrEqual(64);
    });
  }, 90_000);
});
