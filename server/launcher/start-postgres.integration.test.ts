import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { processIdentity } from './process-identity.ts';
import { inProject, projectRoot } from './project-root.ts';
import { type RunningPostgres, startPostgres } from './start-postgres.ts';

async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

const isGone = (pid: number) => processIdentity(pid) === undefined;

describe('startPostgres', () => {
  let home: string;
  const running: RunningPostgres[] = [];
  const start = async (): Promise<RunningPostgres> => {
    const postgres = await startPostgres({ home, durable: true, database: 'kinetoscope' });
    running.push(postgres);
    return postgres;
  };

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'kinetoscope-pg-'));
    await chmod(home, 0o711);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((postgres) => postgres.stop()));
    await rm(home, { recursive: true, force: true });
  });

  it('keeps what it was given over a stop and a start, and listens on no port', async () => {
    const first = await start();
    const pid = first.process.pid() ?? 0;
    await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS value');
    await first.stop();
    expect(isGone(pid)).toBe(true);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, 'SELECT value FROM kept')).toEqual([{ value: 7 }]);
    expect(await query(second.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(await query(second.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  });

  it('comes back after kill -9 with all that was committed', async () => {
    const postgres = await start();
    await query(postgres.url, 'CREATE TABLE kept (value int)');
    await query(postgres.url, 'INSERT INTO kept SELECT generate_series(1, 1000)');
    const killed = postgres.process.pid() ?? 0;
    process.kill(killed, 'SIGKILL');
    const count = await vi.waitUntil(
      () => query(postgres.url, 'SELECT count(*)::int AS count FROM kept').catch(() => undefined),
      { timeout: 20_000, interval: 50 },
    );
    expect(count).toEqual([{ count: 1000 }]);
    expect(postgres.process.pid()).not.toBe(killed);
  });

  it('starts though the pid of a crashed one belongs to another program now', async () => {
    const first = await start();
    const pidFile = join(home, 'postgres', 'postmaster.pid');
    const lines = (await readFile(pidFile, 'utf8')).split('\n');
    await first.stop();
    await writeFile(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));
    const second = await start();
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('ends by itself when its launcher is killed with -9', async () => {
    const script = `
      import { startPostgres } from ${JSON.stringify(inProject('server/launcher/start-postgres.ts'))};
      const options = { home: ${JSON.stringify(home)}, durable: true, database: 'kinetoscope' };
      const postgres = await startPostgres(options);
      process.stdout.write(postgres.process.pid() + '\\n');`;
    const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = await once(createInterface({ input: launcher.stdout }), 'line');
    const pid = Number(line);
    expect(isGone(pid)).toBe(false);
    launcher.kill('SIGKILL');
    await vi.waitUntil(() => isGone(pid), { timeout: 10_000, interval: 20 });
    // It had written its last checkpoint, so there is nothing to recover.
    await start();
    const log = await readFile(join(home, 'postgres.log'), 'utf8');
    expect(log).toContain('database system was shut down at');
    expect(log).not.toContain('not properly shut down');
  });
});
