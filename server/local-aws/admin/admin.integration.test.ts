import { CloudWatchClient, ListMetricsCommand } from '@aws-sdk/client-cloudwatch';
import { KinesisClient, ListStreamsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LOCAL_CLIENT } from '#server/local-aws/testing/local-client.ts';
import { startWorld } from '#server/local-aws/testing/start-world.ts';
import type { World } from '#server/local-aws/world.ts';

let world: World;

async function admin(path: string, method = 'GET', body?: object): Promise<[number, string]> {
  const response = await fetch(`${world.endpoints.admin}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return [response.status, await response.text()];
}

async function adminJson<T>(schema: z.ZodType<T>, ...request: Parameters<typeof admin>) {
  const [, text] = await admin(...request);
  return schema.parse(JSON.parse(text));
}

/** Node's fetch sets Host by itself; a request by hand can lie. */
async function statusForHost(url: string, host: string): Promise<number> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    const sent = request(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

beforeAll(async () => {
  world = await startWorld({ scenario: 'demo', clock: 'virtual', pastMinutes: 2 });
});

afterAll(() => world.close());

describe('the admin port', () => {
  it('tells health and environment', async () => {
    const [status, text] = await admin('/health');
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ ready: true, incarnation: world.incarnation });
    const [, env] = await admin('/env');
    expect(env).toContain(`export AWS_ENDPOINT_URL_KINESIS=${world.endpoints.kinesis}\n`);
    expect(env).toContain('export AWS_SECRET_ACCESS_KEY=local\n');
  });

  it('counts what producers sent, as the engine does', async () => {
    const counts = z.object({
      streams: z.array(
        z.object({
          streamName: z.string(),
          periods: z.array(
            z.object({
              startMs: z.number(),
              attempted: z.number(),
              accepted: z.number(),
              throttled: z.number(),
            }),
          ),
        }),
      ),
    });
    const { streams } = await adminJson(counts, '/scenario/producers');
    expect(streams.map(({ streamName }) => streamName)).toContain('audit-log');
    const tweets = streams.find(({ streamName }) => streamName === 'tweets');
    expect(tweets?.periods.length).toBeGreaterThanOrEqual(23);
    for (const { startMs, accepted, throttled } of tweets?.periods ?? []) {
      const read = (metric: string) =>
        world.engine.meter.read(
          { streamName: 'tweets', shardId: null, metric },
          startMs,
          startMs + 5_000,
          5_000,
        )[0]?.sum;
      expect(read('WriteProvisionedThroughputExceeded')).toBe(throttled);
      expect(read('IncomingRecords')).toBe(accepted);
    }
    expect(tweets?.periods.some(({ throttled }) => throttled > 0)).toBe(true);
  });

  it('has two hot shards, and no others', () => {
    const endMs = world.engine.nowMs();
    const throttled = [0, 1, 2, 3, 4, 5].filter((shard) => {
      const series = {
        streamName: 'tweets',
        shardId: `shardId-00000000000${shard}`,
        metric: 'WriteProvisionedThroughputExceeded',
      };
      const points = world.engine.meter.read(series, endMs - 60_000, endMs, 5_000);
      return points.some(({ sum }) => sum > 0);
    });
    expect(throttled).toEqual([1, 4]);
  });

  it('moves a virtual clock, and everybody with it', async () => {
    const before = world.engine.nowMs();
    const sent = () =>
      world.scenario.ledger.read(0).reduce((sum, { periods }) => sum + periods.length, 0);
    const periods = sent();
    expect((await admin('/clock', 'POST', { advanceMs: 10_000 }))[0]).toBe(200);
    expect(world.engine.nowMs()).toBe(before + 10_000);
    expect(sent()).toBeGreaterThanOrEqual(periods + 5);
  });

  it('pauses a producer, changes its rate, and stalls workers', async () => {
    const control = (request: object) => admin('/scenario/control', 'POST', request);
    await control({ action: 'pause-producer', streamName: 'orders' });
    await control({ action: 'set-rate', streamName: 'audit-log', rate: 3 });
    await control({ action: 'stall', application: 'quota-worker' });
    const { scenario } = world;
    expect(scenario.producers.filter(({ isPaused }) => isPaused)).toHaveLength(1);
    expect(scenario.producers.find(({ rate }) => rate === 3)?.streamName).toBe('audit-log');
    expect(
      scenario.workers.filter(({ mode }) => mode === 'stalled').map(({ name }) => name),
    ).toEqual(['quota-worker-1', 'quota-worker-2']);
    await control({ action: 'recover', application: 'quota-worker', worker: 'quota-worker-1' });
    expect(scenario.workers.filter(({ mode }) => mode === 'stalled')).toHaveLength(1);
    await control({ action: 'resume-producer', streamName: 'orders' });
    expect(scenario.producers.some(({ isPaused }) => isPaused)).toBe(false);
  });

  it('takes the leases of an application away', async () => {
    const store = world.scenario.workers.find(
      ({ plan }) => plan.application === 'reports-worker',
    )?.store;
    expect(await store?.list()).toHaveLength(4);
    await admin('/scenario/control', 'POST', {
      action: 'lose-leases',
      application: 'reports-worker',
    });
    await admin('/clock', 'POST', { advanceMs: 150_000 });
    expect(await store?.list()).toEqual([]);
    await admin('/scenario/control', 'POST', { action: 'recover', application: 'reports-worker' });
    await admin('/clock', 'POST', { advanceMs: 5_000 });
    expect(await store?.list()).toHaveLength(4);
  });

  it('injects faults into Kinesis and CloudWatch', async () => {
    const options = {
      ...LOCAL_CLIENT,
      requestHandler: new NodeHttpHandler(),
    };
    const kinesis = new KinesisClient({ ...options, endpoint: world.endpoints.kinesis });
    const cloudwatch = new CloudWatchClient({ ...options, endpoint: world.endpoints.cloudwatch });
    const list = () => kinesis.send(new ListStreamsCommand({}));
    await admin('/faults', 'POST', { effect: { type: 'throttle' }, operation: 'ListStreams' });
    await admin('/faults', 'POST', { effect: { type: 'error' }, operation: 'ListMetrics' });
    expect(JSON.parse((await admin('/faults'))[1])).toMatchObject({ faults: [{ hits: 0 }, {}] });
    await expect(list()).rejects.toMatchObject({ name: 'LimitExceededException' });
    await expect(cloudwatch.send(new ListMetricsCommand({}))).rejects.toMatchObject({
      name: 'InternalServiceFault',
    });
    await admin('/faults', 'DELETE');
    expect((await list()).StreamNames).toHaveLength(5);
    expect((await cloudwatch.send(new ListMetricsCommand({}))).Metrics?.length).toBeGreaterThan(0);
    kinesis.destroy();
    cloudwatch.destroy();
  });

  it('says what is wrong with a request', async () => {
    expect(await admin('/nope')).toEqual([404, expect.stringContaining('GET /health')]);
    expect(await admin('/faults', 'POST', { effect: { type: 'x' } })).toEqual([
      400,
      expect.stringContaining('effect'),
    ]);
    const start = { action: 'start-application', application: 'mine' };
    expect(
      await admin('/scenario/control', 'POST', { ...start, streamNames: ['nowhere'] }),
    ).toEqual([404, expect.stringContaining('nowhere')]);
    expect(
      await admin('/scenario/control', 'POST', {
        ...start,
        application: 'quota-worker',
        streamNames: ['orders'],
      }),
    ).toEqual([409, expect.stringContaining('already')]);
    expect(
      await admin('/scenario/control', 'POST', {
        action: 'freeze-handoff',
        application: 'quota-worker',
      }),
    ).toEqual([409, expect.stringContaining('version 3')]);
    const stall = (of: object) => admin('/scenario/control', 'POST', { action: 'stall', ...of });
    expect(await stall({ application: 'x' })).toEqual([
      404,
      expect.stringContaining('quota-worker'),
    ]);
    expect(await stall({ application: 'quota-worker', worker: 'x' })).toEqual([
      404,
      expect.stringContaining('quota-worker-2'),
    ]);
  });

  it.each(['admin', 'kinesis', 'dynamodb', 's3'] as const)(
    'and %s answer loopback names only',
    async (service) => {
      const url = `${world.endpoints[service]}/health`;
      expect(await statusForHost(url, 'evil.example')).toBe(403);
      expect(await statusForHost(url, 'localhost:1')).not.toBe(403);
    },
  );
});
