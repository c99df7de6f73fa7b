import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { draftOf } from '#server/jobs/replay/testing/draft-of.ts';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { openProcedures, type TestProcedures } from '#server/testing/open-procedures.ts';
import { startWorker, type Worker } from '#server/worker/start-worker.ts';

const CONNECTION = 'test';
const RECORDS = 200;

let procedures: TestProcedures;
let worker: Worker;

beforeAll(async () => {
  procedures = await openProcedures();
  const { endpoints } = procedures.world;
  const s3 = new S3Client({ ...LOCAL_CLIENT, endpoint: endpoints.s3, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'archive' }));
  const lines = Array.from(
    { length: RECORDS },
    (_, n) => `${JSON.stringify({ k: `${n % 9}`, n })}\n`,
  );
  const Body = gzipSync(lines.join(''));
  await s3.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a/1.gz', Body }));
  s3.destroy();
  worker = await startWorker({
    databaseUrl: procedures.databaseUrl,
    healthPort: 0,
    connections: [embeddedConnectionTo(endpoints, CONNECTION)],
    log: pino({ level: process.env['KINETOSCOPE_LOG_LEVEL'] ?? 'silent' }),
  });
});

afterAll(async () => {
  await worker.stop();
  await procedures.close();
});

// Nobody has figures of such a stream when it is planned: they are waited for.
test('a worker plans, starts and ends a replay into a stream that was just made', async () => {
  const { replays, streamAdmin } = procedures.as('operator');
  await streamAdmin.create({
    connection: CONNECTION,
    streamName: 'new',
    mode: 'PROVISIONED',
    shardCount: 2,
    retentionHours: 24,
    keyId: null,
    maxRecordKiB: 1_024,
    tags: {},
  });
  const asked = { connection: CONNECTION, streamName: 'new', source: null, sourceStreamArn: null };
  const { streamArn, createdAtMs } = await replays.target(asked);
  const { id } = await replays.createDraft({ from: 'nothing' });
  const { revision } = await replays.saveDraft({
    id,
    revision: 1,
    draft: draftOf({
      connection: CONNECTION,
      bucket: 'archive',
      prefix: 'a/',
      keyPath: ['k'],
      target: { connection: CONNECTION, streamName: 'new', streamArn, createdAtMs },
    }),
  });
  await replays.plan({ id, revision });
  const planned = await until(id, 'planned');
  expect(planned.plan?.target.shards).toMatchObject([
    { live: { bytesPerSecond: 0 } },
    { live: { bytesPerSecond: 0 } },
  ]);
  const planHash = planned.plan?.planHash ?? '';
  await replays.start({ id, connection: CONNECTION, planHash, typedName: null, purpose: 'a test' });
  const done = await until(id, 'completed');
  expect(done).toMatchObject({
    ledger: { emitted: RECORDS, decoded: RECORDS },
    ledgerFault: null,
    possibleDuplicates: 0,
    progress: { objectsDone: 1, slicesDone: 1 },
  });
  expect(await replays.receipt({ id })).toMatchObject({ isFinal: true, isBalanced: true });
}, 90_000);

async function until(id: number, state: ReplayView['state']): Promise<ReplayView> {
  const { replays } = procedures.as('operator');
  return vi.waitFor(
    async () => {
      const run = await replays.get({ id });
      expect(`${run.state} ${run.failure?.words ?? ''}`.trim()).toBe(state);
      return run;
    },
    { timeout: 40_000, interval: 100 },
  );
}
