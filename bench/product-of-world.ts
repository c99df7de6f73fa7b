import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAws } from '#server/aws/open-aws.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { startProduct } from '#server/testing/start-product.ts';
import { makeApplications } from './make-applications.ts';
import { type SpawnedWorld, spawnWorld } from './spawn-world.ts';

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
      const { kinesis, dynamodb } = world.endpoints;
      const aws = openAws(embeddedConnectionTo({ kinesis, dynamodb }));
      await makeApplications(aws, dynamodb, size.applications);
      aws.close();
    }
    await writeFile(configPath, configOf(world.endpoints));
    const product = await startProduct({
      statePath: join(folder, 'state'),
      configPath,
      environment: CREDENTIALS,
      firstPort: 3_970,
      readyMsMax: READY_MS_MAX,
    });
    stops.unshift(product.stop);
    return { url: product.url, endpoint: world.endpoints.kinesis, connection: CONNECTION, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startWorld({ streams, shards }: WorldSize): Promise<SpawnedWorld> {
  const args = [
    ...['--world', `streams=${streams},shards=${shards}`],
    ...['--metrics', 'demo', '--api-rates', 'off'],
  ];
  return spawnWorld(args, READY_MS_MAX);
}

function configOf({ kinesis, dynamodb }: SpawnedWorld['endpoints']): string {
  return JSON.stringify({
    connections: [
      {
        name: CONNECTION,
        region: 'us-east-1',
        endpoints: { kinesis, cloudwatch: kinesis, dynamodb },
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
