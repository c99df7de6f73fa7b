import { execFile } from 'node:child_process';
import { chmod, chown, lchown, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { initdbFailure } from './initdb-failure.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { canServe } from './postgres-health.ts';
import { initdbOwner, type ProcessOwner, postgresOwner } from './postgres-owner.ts';
import { makeSocketFolder, socketFolderFor } from './postgres-socket-folder.ts';
import { endStalePostmaster } from './stale-postmaster.ts';
import type { ProcessSpec } from './supervise.ts';
import { UserError } from './user-error.ts';

const run = promisify(execFile);
const DATABASE_USER = 'kinetoscope';

export interface PostgresOptions {
  /** Folder that takes the cluster (`postgres`) and the socket; must be reachable for PostgreSQL's user. */
  readonly home: string;
  /** False only for throw-away clusters of tests: no fsync. */
  readonly durable: boolean;
  readonly database: string;
}

/** A cluster on disk, ready to be started as `spec` says. */
export interface PostgresCluster {
  readonly spec: ProcessSpec;
  /** What `pg` needs to reach the database of the options. */
  readonly url: string;
}

/**
 * Makes the cluster if it is not there yet, clears what a killed one left, and says how to start it. Socket only:
 * nothing listens on a port.
 *
 * @throws {UserError} when this machine cannot run it
 */
export async function preparePostgres(options: PostgresOptions): Promise<PostgresCluster> {
  const { home, durable, database } = options;
  const owner = postgresOwner();
  const dataFolder = join(home, 'postgres');
  const socketFolder = socketFolderFor(home);
  await mkdir(home, { recursive: true });
  const [bin] = await Promise.all([
    findPostgresBinaries(home, owner),
    makeSocketFolder(socketFolder, owner),
  ]);
  if (await isMissing(dataFolder)) await makeCluster(bin, dataFolder, owner, durable);
  else await endStalePostmaster(dataFolder);
  const url = socketUrl(socketFolder, database);
  return {
    url,
    spec: {
      name: 'postgres',
      command: join(bin, 'postgres'),
      args: ['-D', dataFolder, ...settings(socketFolder, durable)],
      cwd: '/',
      env: {
        // Not ours whole: PGPORT and the like would steer the server. NODE_ENV only because Next's types demand it.
        NODE_ENV: process.env['NODE_ENV'],
        PATH: process.env['PATH'],
        LC_ALL: 'C',
        TZ: 'UTC',
      },
      owner,
      followsParent: false,
      // "Fast": ends sessions, writes a checkpoint, ends. SIGTERM would wait for clients to leave.
      stopSignal: 'SIGINT',
      isHealthy: () => canServe(socketUrl(socketFolder, 'postgres'), database),
    },
  };
}

/** The form of address that `pg` understands for a socket. */
function socketUrl(socketFolder: string, database: string): string {
  return `postgresql:///${database}?host=${encodeURIComponent(socketFolder)}&user=${DATABASE_USER}`;
}

function settings(socketFolder: string, durable: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: `"${socketFolder}"`,
    unix_socket_permissions: '0700',
    max_connections: '100',
    shared_buffers: '64MB',
    // A table of frames is small; workers for I/O would be three more processes to start.
    io_method: 'sync',
    max_wal_size: '512MB',
    jit: 'off',
    log_line_prefix: '%m [%p] ',
    timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** A kill -9 in here leaves only a draft, which the next try removes. */
async function makeCluster(
  bin: string,
  dataFolder: string,
  owner: ProcessOwner | undefined,
  durable: boolean,
): Promise<void> {
  const draft = `${dataFolder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const maker = owner === undefined ? undefined : await initdbOwner();
  if (owner !== undefined && maker === undefined) {
    throw new UserError(
      'PostgreSQL refuses to be set up by root, and this machine has no account "nobody".\n' +
        'Start Kinetoscope as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
    );
  }
  if (maker !== undefined) await chown(draft, maker.uid, maker.gid);
  const args = [
    ...['-D', draft, '--username', DATABASE_USER, '--auth', 'trust', '--encoding', 'UTF8'],
    // Sorts by code point, the same on every machine, and needs no locale to be installed.
    ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C'],
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  try {
    await run(join(bin, 'initdb'), args, { cwd: '/', ...(maker ?? {}) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(initdbFailure(reason));
  }
  if (owner !== undefined) await giveTo(draft, owner);
  await chmod(draft, 0o700);
  await rename(draft, dataFolder);
}

async function giveTo(folder: string, { uid, gid }: ProcessOwner): Promise<void> {
  const entries = await readdir(folder, { recursive: true });
  for (const entry of entries) await lchown(join(folder, entry), uid, gid);
  await chown(folder, uid, gid);
}

async function isMissing(path: string): Promise<boolean> {
  try {
    await stat(path);
    return false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return true;
    throw error;
  }
}
