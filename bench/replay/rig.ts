import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KinesisClient } from '@aws-sdk/client-kinesis';
import type { S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type Database, openDatabase } from '#server/db/client.ts';
import { migrate } from '#server/db/migrate.ts';
import { startPostgres } from '#server/launcher/start-postgres.ts';
import type { WorldEndpoints } from '#server/local-aws/environment.ts';
import { forkWorld } from '#server/local-aws/testing/fork-world.ts';
import type { TestWorldOptions } from '#server/local-aws/testing/start-world.ts';
import { openKinesis, openS3 } from './clients.ts';
import { createBucket } from './put-archive.ts';

/** What a replay needs around it: a store, an empty world in a process of its own, and plain clients of that world. */
export type Rig = {
  readonly databaseUrl: string;
  readonly database: Database;
  readonly endpoints: WorldEndpoints;
  readonly kinesis: KinesisClient;
  readonly s3: S3Client;
  /** To be closed before the rig is: the last one first. */
  onClose(close: () => Promise<unknown>): void;
  close(): Promise<void>;
};

/** The SDK's clients of a bench repeat what is throttled; what is measured does not go through them. */
const ATTEMPTS_MAX = 10;

export async function openRig(world: TestWorldOptions): Promise<Rig> {
  const closes: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closes.splice(0).reverse()) await one();
  };
  try {
    const home = await mkdtemp(join(tmpdir(), 'kinetoscope-replay-'));
    closes.push(() => rm(home, { recursive: true, force: true }));
    // The embedded PostgreSQL runs as somebody else when root measures.
    await chmod(home, 0o711);
    const postgres = await startPostgres({ home, durable: false, database: 'replay' });
    closes.push(() => postgres.stop());
    await migrate(postgres.url);
    const options = { connectionsMax: 4, onIdleError: () => undefined };
    const database = openDatabase(postgres.url, options);
    closes.push(() => database.close());
    const { endpoints, stop } = await forkWorld(world);
    closes.push(stop);
    const kinesis = openKinesis(endpoints.kinesis, ATTEMPTS_MAX);
    const s3 = openS3(endpoints.s3);
    closes.push(async () => {
      kinesis.destroy();
      s3.destroy();
    });
    await createBucket(s3);
    const onClose = (one: () => Promise<unknown>) => {
      closes.push(one);
    };
    return { databaseUrl: postgres.url, database, endpoints, kinesis, s3, onClose, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** As the admin port takes it. */
export type WorldFault = {
  readonly effect: { readonly type: string; readonly ms?: number };
  /** Left out: any. */
  readonly operation?: string;
  readonly probability?: number;
};

export async function addFault(endpoints: WorldEndpoints, fault: WorldFault): Promise<void> {
  await askAdmin(endpoints, '/faults', { method: 'POST', body: JSON.stringify(fault) });
}

const faultsSchema = z.object({
  faults: z.array(z.object({ effect: z.object({ type: z.string() }), hits: z.number() })),
});

/** How often faults of this kind have hit so far. */
export async function faultHits(endpoints: WorldEndpoints, type: string): Promise<number> {
  const { faults } = faultsSchema.parse(await askAdmin(endpoints, '/faults'));
  return faults.reduce((sum, { effect, hits }) => sum + (effect.type === type ? hits : 0), 0);
}

const processSchema = z.object({ cpuMs: z.number(), rssBytes: z.number() });

/** What the world's process has used since it began. */
export async function worldUse(
  endpoints: WorldEndpoints,
): Promise<{ readonly cpuMs: number; readonly rssBytes: number }> {
  return processSchema.parse(await askAdmin(endpoints, '/process'));
}

async function askAdmin({ admin }: WorldEndpoints, path: string, init?: RequestInit) {
  const response = await fetch(admin + path, init);
  if (!response.ok) throw new Error(`The world refused ${path}: ${await response.text()}`);
  return response.json();
}
