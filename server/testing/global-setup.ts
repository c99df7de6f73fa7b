import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '#server/db/migrate.ts';
import { startPostgres } from '#server/launcher/start-postgres.ts';
import { TEMPLATE_DATABASE } from './postgres.ts';

/**
 * One throw-away PostgreSQL for the whole run of the integration tests, with one migrated database that each
 * test's own is copied from.
 *
 * @returns what vitest calls at the end
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const home = await mkdtemp(join(tmpdir(), 'kinetoscope-test-'));
  // PostgreSQL runs as somebody else when root tests.
  await chmod(home, 0o711);
  const stops: (() => Promise<void>)[] = [() => rm(home, { recursive: true, force: true })];
  const tearDown = async () => {
    for (const stop of stops) await stop();
  };
  try {
    const postgres = await startPostgres({ home, durable: false, database: TEMPLATE_DATABASE });
    stops.unshift(() => postgres.stop());
    await migrate(postgres.url);
    project.provide('testDatabaseTemplateUrl', postgres.url);
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}
