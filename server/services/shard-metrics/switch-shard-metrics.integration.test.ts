import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '#server/db/client.ts';
import { audit, connectionState } from '#server/db/schema.ts';
import type { World } from '#server/local-aws/world.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import {
  type AppCaller,
  openProcedures,
  type TargetStream,
  type TestProcedures,
} from '#server/testing/open-procedures.ts';

const CONNECTION = 'test';
const NAME = 'orders';

let procedures: TestProcedures;
let database: Database;
let world: World;
let target: TargetStream;
let shardMetrics: AppCaller['shardMetrics'];

beforeEach(async () => {
  procedures = await openProcedures();
  ({ database, world } = procedures);
  shardMetrics = procedures.as('operator').shardMetrics;
  world.engine.createStream({ streamName: NAME, shardCount: 2 });
  target = await procedures.know(NAME);
});

afterEach(() => procedures.close());

const describeOn = async () => {
  const { aws } = createAwsConnections([embeddedConnectionTo(world.endpoints, CONNECTION)]).get(
    CONNECTION,
  );
  const summary = await aws.describeStream(NAME, new AbortController().signal);
  aws.close();
  return summary.shardMetrics;
};

test('switches the chosen ones on, and off again, each audited', async () => {
  expect(await shardMetrics.state(target)).toEqual({
    streamId: target.streamId,
    on: [],
    openShardCount: 2,
  });
  const two = ['IncomingBytes', 'IncomingRecords'] as const;
  await shardMetrics.switch({ ...target, seenOn: [], metrics: [...two], on: true });
  expect(await describeOn()).toEqual(two);
  await shardMetrics.switch({ ...target, seenOn: [...two], metrics: ['IncomingBytes'], on: false });
  expect(await describeOn()).toEqual(['IncomingRecords']);
  const entries = await database.db.select().from(audit);
  expect(entries.map(({ procedure, outcome }) => [procedure, outcome])).toEqual([
    ['shardMetrics.switch', 'ok'],
    ['shardMetrics.switch', 'ok'],
  ]);
});

test('does nothing where somebody else has switched since, and says what is on now', async () => {
  world.engine.enableEnhancedMonitoring({ streamName: NAME, shardLevelMetrics: ['OutgoingBytes'] });
  await expect(
    shardMetrics.switch({ ...target, seenOn: [], metrics: ['IncomingBytes'], on: true }),
  ).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('OutgoingBytes') });
  expect(await describeOn()).toEqual(['OutgoingBytes']);
});

test('finds out that it was done where the answer is lost', async () => {
  world.faults.addFault({
    effect: { type: 'lose-answer' },
    operation: 'EnableEnhancedMonitoring',
    count: 1,
  });
  const outcome = await shardMetrics.switch({
    ...target,
    seenOn: [],
    metrics: ['IncomingBytes'],
    on: true,
  });
  expect(outcome).toEqual({ answered: false });
});

test('is refused on a read-only connection', async () => {
  await database.db.update(connectionState).set({ readOnly: 'yes' });
  await expect(
    shardMetrics.switch({ ...target, seenOn: [], metrics: ['IncomingBytes'], on: true }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await describeOn()).toEqual([]);
});
