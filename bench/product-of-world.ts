import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAws } from '#server/aws/open-aws.ts';
import { nextFreePort } from '#server/launcher/free-port.ts';
import { projectRoot } from '#server/launcher/project-root.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { startProduct } from '#server/testing/start-product.ts';
import { makeApplications } from './make-applications.ts';

/** A product in production build, which looks at a synthetic world of a given size. */
export interface ProductOfWorld {
  readonly url: string;
  /** Kinesis and CloudWatch of the world. */
  readonly endpoint: string;
  readonly connection: string;
  stop(): Promise<void>;
}

/** Seconds of a period of the world's metrics. */
export const PERIOD_SECONDS = 5;
/** Seconds between two readings of a lease table. */
export const CONSUMER_SECONDS = 10;
const CONNECTION = 'world';
const FIRST_PORT = 4_900;
const READY_MS_MAX = 600_000;
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

export interface WorldSize {
  readonly streams: number;
  /** Of each stream. */
  readonly shards: number;
  /** Lease tables of the first stream. */
  readonly applications?: number;
}

/** Starts world and product; nothing of either runs after `stop`. */
export async function startProductOfWorld(size: WorldSize): Promise<ProductOfWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'kinetoscope-bench-'));
  // The embedded PostgreSQL runs as somebody else when root measures.
  await chmod(folder, 0o711);
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const each of stops) await each();
  };
  try {
    const world = await startWorld(size);
    stops.unshift(world.stop);
    const configPath = join(folder, 'config.yaml');
    if (size.applications !== undefined) {
      const endpoints = { kinesis: world.endpoint, dynamodb: world.dynamodb };
      const aws = openAws(embeddedConnectionTo(endpoints));
      await makeApplications(aws, world.dynamodb, size.applications);
      aws.close();
    }
    await writeFile(configPath, configOf(world));
    const product = await startProduct({
      statePath: join(folder, 'state'),
      configPath,
      environment: CREDENTIALS,
      firstPort: 3_970,
      readyMsMax: READY_MS_MAX,
    });
    stops.unshift(product.stop);
    return { url: product.url, endpoint: world.endpoint, connection: CONNECTION, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startWorld({ streams, shards }: WorldSize) {
  const ports: number[] = [];
  for (let first = FIRST_PORT; ports.length < 4; first = (ports.at(-1) ?? first) + 1) {
    ports.push(await nextFreePort(first));
  }
  const [kinesis, dynamodb, s3, admin] = ports;
  const endpoint = `http://127.0.0.1:${kinesis}`;
  const child = spawn(
    process.execPath,
    [
      join(projectRoot, 'server', 'local-aws', 'main.ts'),
      ...['--scenario', 'none', '--world', `streams=${streams},shards=${shards}`],
      ...['--metrics', 'demo', '--api-rates', 'off'],
      ...['--port', String(kinesis), '--dynamodb-port', String(dynamodb)],
      ...['--s3-port', String(s3), '--admin-port', String(admin)],
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const health = `http://127.0.0.1:${admin}/health`;
  const isReady = () =>
    fetch(health).then(
      (answer) => answer.ok,
      () => false,
    );
  const deadlineMs = performance.now() + READY_MS_MAX;
  while (!(await isReady())) {
    if (child.exitCode !== null || performance.now() > deadlineMs) {
      child.kill('SIGTERM');
      throw new Error('The world did not become ready.');
    }
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  return {
    endpoint,
    dynamodb: `http://127.0.0.1:${dynamodb}`,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

function configOf({ endpoint, dynamodb }: { endpoint: string; dynamodb: string }): string {
  return JSON.stringify({
    connections: [
      {
        name: CONNECTION,
        region: 'us-east-1',
        endpoints: { kinesis: endpoint, cloudwatch: endpoint, dynamodb },
        metrics: { periodSeconds: PERIOD_SECONDS, delaySeconds: 0 },
        cadence: {
          watchedSeconds: PERIOD_SECONDS,
          unwatchedSeconds: PERIOD_SECONDS,
          topologySeconds: 60,
        },
        consumers: {
          discoverySeconds: 10,
          watchedSeconds: CONSUMER_SECONDS,
          unwatchedSeconds: CONSUMER_SECONDS,
          onDemandUnitsPerSecond: 10_000,
        },
        quotaShare: 1,
        budgetDollarsPerDay: 'none',
        backfillHours: 0,
      },
    ],
  });
}
