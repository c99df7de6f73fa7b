import {
  DescribeTableCommand,
  DynamoDBClient,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY_PLAN } from '#server/local-aws/scenario/demo-plan.ts';
import { patientHandler } from '#server/local-aws/scenario/patient-handler.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import { steadyStream } from '#server/local-aws/testing/steady-stream.ts';
import type { World } from '#server/local-aws/world.ts';
import type { Application } from './application.ts';
import type { GivenPlan } from './consumer-plan.ts';
import type { Item } from './lease-item.ts';

const STREAMS = ['orders', 'clicks'] as const;
const SHARDS = 4;
/** A shard gives five answers a second, and all of them read the same. */
const POLL_MS = 2_500;
const PLANS: readonly GivenPlan[] = [
  { application: 'one', streamNames: ['orders'], library: 'kcl-1', provisionedUnits: 10 },
  { application: 'two', streamNames: ['orders'], library: 'kcl-2', preparesCheckpoints: true },
  { application: 'three', streamNames: ['orders'], library: 'kcl-3' },
  { application: 'three-five', streamNames: ['orders'], library: 'kcl-3.5' },
  { application: 'several', streamNames: ['orders', 'clicks'], library: 'kcl-3' },
  { application: 'late', streamNames: ['orders'], startAt: { type: 'LATEST' } },
];

let world: World;
let dynamodb: DynamoDBClient;

async function run(seconds: number): Promise<void> {
  await world.advanceTo(world.clock.nowMs() + seconds * 1_000);
}

async function rows(TableName: string): Promise<readonly Item[]> {
  return (await dynamodb.send(new ScanCommand({ TableName }))).Items ?? [];
}

async function control(request: object): Promise<void> {
  const response = await fetch(`${world.endpoints.admin}/scenario/control`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  expect(await response.text()).toBe('{"done":true}');
}

function applicationOf(name: string): Application {
  const application = world.scenario.applications.find((one) => one.name === name);
  if (application === undefined) throw new Error(`No application ${name}`);
  return application;
}

beforeAll(async () => {
  const streams = STREAMS.map((streamName) => steadyStream({ streamName, shardCount: SHARDS }));
  world = await startWorld({ clock: 'virtual' }, { ...EMPTY_PLAN, streams });
  dynamodb = new DynamoDBClient({
    endpoint: world.endpoints.dynamodb,
    region: world.options.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: patientHandler(),
  });
  for (const plan of PLANS) {
    await control({ action: 'start-application', workerCount: 2, pollMs: POLL_MS, ...plan });
  }
  await run(45);
});

afterAll(async () => {
  dynamodb.destroy();
  await world.close();
});

describe('applications on a clock that is moved', () => {
  it('have their tables in DynamoDB, as each generation lays them out', async () => {
    const attributes = async (table: string) => {
      const lease = (await rows(table)).find(({ leaseKey }) => leaseKey?.S?.includes('shardId'));
      return Object.keys(lease ?? {});
    };
    expect(await attributes('one')).not.toContain('startingHashKey');
    expect(await attributes('two')).toContain('startingHashKey');
    expect(await attributes('two')).not.toContain('throughputKBps');
    expect(await attributes('three')).toContain('throughputKBps');
    expect(await attributes('three-five')).toContain('entityType');
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: 'one' }));
    expect(Table?.ProvisionedThroughput?.ReadCapacityUnits).toBe(10);
  });

  it('of version 3 tell how their workers do, in tables of their own or in that of the leases', async () => {
    const seconds = Math.floor(world.clock.nowMs() / 1_000);
    const apart = await rows('three-WorkerMetricStats');
    expect(apart.map(({ wid }) => wid?.S).sort()).toEqual(['three-1', 'three-2']);
    for (const { lut } of apart) expect(Number(lut?.N)).toBeGreaterThan(seconds - 60);
    expect((await rows('three-CoordinatorState')).map(({ key }) => key?.S)).toContain('Leader');
    const entities = (await rows('three-five')).map(({ entityType }) => entityType?.S);
    expect(new Set(entities)).toEqual(
      new Set(['LEASE', 'WORKER_METRIC_STATS', 'LEADER', 'CLIENT_VERSION_MIGRATION']),
    );
  });

  it('of several streams name them in each lease', async () => {
    const keys = (await rows('several')).map(({ leaseKey }) => leaseKey?.S ?? '');
    expect(keys).toHaveLength(STREAMS.length * SHARDS);
    for (const key of keys) {
      expect(key).toMatch(/^\d{12}:(orders|clicks):\d{10}:shardId-00000000000[0-3]$/);
    }
  });

  it('that begin at LATEST leave out what was there', async () => {
    const [truth] = await applicationOf('late').truth(world.clock.nowMs());
    const first = truth?.checkpoints[0];
    expect(first?.arrivalMs).toBeGreaterThanOrEqual(world.startedAtMs - 1_000);
    await control({
      action: 'start-application',
      application: 'later',
      streamNames: ['orders'],
      startAt: { type: 'LATEST' },
      pollMs: POLL_MS,
    });
    const sinceMs = world.clock.nowMs();
    expect((await rows('later')).map(({ checkpoint }) => checkpoint?.S)).toEqual([]);
    await world.advanceTo(sinceMs + POLL_MS);
    expect((await rows('later')).map(({ checkpoint }) => checkpoint?.S)).toEqual(
      Array.from({ length: SHARDS }, () => 'LATEST'),
    );
    await run(15);
    for (const { checkpoints } of await applicationOf('later').truth(world.clock.nowMs())) {
      expect(checkpoints[0]?.arrivalMs).toBeGreaterThanOrEqual(sinceMs);
    }
    await control({ action: 'remove-application', application: 'later' });
    await expect(rows('later')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('know their lag at each checkpoint, and it is what Kinesis knows', async () => {
    const response = await fetch(`${world.endpoints.admin}/scenario/lag`);
    const { applications } = (await response.json()) as {
      applications: { application: string; leases: { checkpoints: { lagMs: number }[] }[] }[];
    };
    const two = applications.find(({ application }) => application === 'two');
    expect(two?.leases).toHaveLength(SHARDS);
    for (const { checkpoints } of two?.leases ?? []) {
      expect(checkpoints.length).toBeGreaterThan(2);
      for (const { lagMs } of checkpoints) expect(lagMs).toBeLessThan(4 * POLL_MS);
    }
  });

  it('find what somebody else wrote to their tables', async () => {
    const Key = { leaseKey: { S: 'shardId-000000000002' } };
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: 'three',
        Key,
        UpdateExpression: 'SET checkpoint = :horizon, leaseCounter = leaseCounter + :one',
        ExpressionAttributeValues: { ':horizon': { S: 'TRIM_HORIZON' }, ':one': { N: '1' } },
      }),
    );
    await run(1);
    const checkpoint = async () => {
      const lease = (await rows('three')).find(({ leaseKey }) => leaseKey?.S === Key.leaseKey.S);
      return lease?.['checkpoint']?.S;
    };
    expect(await checkpoint()).toBe('TRIM_HORIZON');
    // Whoever held it has lost it, takes it again, and reads all of it once more.
    await run(30);
    expect(await checkpoint()).toMatch(/^\d+$/);
    const all = await applicationOf('three').truth(world.clock.nowMs());
    const { checkpoints, committed } = all.find(({ shardId }) => shardId === Key.leaseKey.S) ?? {};
    expect(checkpoints?.length).toBeGreaterThan(4);
    expect(committed?.lagMs).toBeLessThan(15_000);
  });
});

describe('switches', () => {
  const leaseOf = async (table: string, shard: number) =>
    (await rows(table)).find(({ leaseKey }) => leaseKey?.S?.endsWith(`00${shard}`)) ?? {};

  it('freeze a handing over, until it recovers', async () => {
    await control({ action: 'freeze-handoff', application: 'three' });
    await run(60);
    const frozen = (await rows('three')).filter(({ checkpointOwner }) => checkpointOwner);
    expect(frozen).toHaveLength(1);
    const [first] = frozen;
    expect(first?.['leaseOwner']?.S).not.toBe(first?.['checkpointOwner']?.S);
    const key = first?.['leaseKey']?.S;
    await control({ action: 'recover', application: 'three' });
    // What one has too much by it is evened out at once.
    await run(60);
    const after = (await rows('three')).find(({ leaseKey }) => leaseKey?.S === key);
    expect(after?.['checkpointOwner']).toBeUndefined();
    expect(after?.['checkpoint']?.S).not.toBe(first?.['checkpoint']?.S);
  });

  it('take owners away, and leases', async () => {
    await control({ action: 'unassign', application: 'two', shardIds: ['shardId-000000000001'] });
    await control({
      action: 'lose-leases',
      application: 'one',
      shardIds: ['shardId-000000000003'],
    });
    await run(40);
    expect((await leaseOf('two', 1))['leaseOwner']).toBeUndefined();
    expect((await leaseOf('two', 2))['leaseOwner']).toBeDefined();
    expect(await leaseOf('one', 3)).toEqual({});
    await control({ action: 'recover', application: 'two' });
    await control({ action: 'recover', application: 'one' });
    await run(30);
    expect((await leaseOf('two', 1))['leaseOwner']).toBeDefined();
    expect((await leaseOf('one', 3))['leaseOwner']).toBeDefined();
  });

  it('rewind, write nonsense, and leave an orphan', async () => {
    const before = await leaseOf('two', 0);
    await control({ action: 'rewind', application: 'two', byMs: 60_000 });
    const back = await leaseOf('two', 0);
    expect(BigInt(back['checkpoint']?.S ?? '0')).toBeLessThan(
      BigInt(before['checkpoint']?.S ?? '0'),
    );
    await control({ action: 'set-checkpoint', application: 'three-five', checkpoint: 'nonsense' });
    await control({ action: 'orphan', application: 'several' });
    await run(30);
    expect((await leaseOf('three-five', 0))['checkpoint']?.S).toBe('nonsense');
    expect((await leaseOf('three-five', 0))['leaseOwner']).toBeDefined();
    expect(await rows('several')).toHaveLength(STREAMS.length * SHARDS + 1);
    await control({ action: 'set-checkpoint', application: 'three-five', checkpoint: 'LATEST' });
    await control({ action: 'recover', application: 'several' });
    await run(30);
    expect((await leaseOf('three-five', 0))['checkpoint']?.S).toMatch(/^\d+$/);
    expect(await rows('several')).toHaveLength(STREAMS.length * SHARDS);
  });

  it('let workers take from each other, or one of them take all', async () => {
    const owners = async () => (await rows('two')).map(({ leaseOwner }) => leaseOwner?.S);
    const switches = new Set<string>();
    await control({ action: 'churn', application: 'two' });
    for (let i = 0; i < 6; i += 1) {
      await run(10);
      switches.add((await owners()).join());
    }
    expect(switches.size).toBeGreaterThan(2);
    await control({ action: 'hog', application: 'two', worker: 'two-2' });
    await run(25);
    expect(new Set(await owners())).toEqual(new Set(['two-2']));
    await control({ action: 'recover', application: 'two' });
    await run(45);
    expect(new Set(await owners())).toEqual(new Set(['two-1', 'two-2']));
  });

  it('start more workers than there are leases, and stop them', async () => {
    await control({ action: 'start-workers', application: 'three', count: 4 });
    await run(45);
    expect(await rows('three-WorkerMetricStats')).toHaveLength(6);
    await control({ action: 'stop-workers', application: 'three', count: 4 });
    await run(30);
    const owners = new Set((await rows('three')).map(({ leaseOwner }) => leaseOwner?.S));
    expect(owners).toEqual(new Set(['three-1', 'three-2']));
  });

  it('let a zombie read on without a checkpoint', async () => {
    await control({ action: 'zombie', application: 'one' });
    const before = await leaseOf('one', 0);
    await run(30);
    const [truth] = await applicationOf('one').truth(world.clock.nowMs());
    expect((await leaseOf('one', 0))['checkpoint']).toEqual(before['checkpoint']);
    expect(truth?.committed.lagMs).toBeGreaterThan(20_000);
    expect(world.clock.nowMs() - (truth?.processed?.arrivalMs ?? 0)).toBeLessThan(5_000);
  });
});
