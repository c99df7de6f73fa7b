import { chmod, mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { postgresOwner } from './postgres-owner.ts';
import { UserError } from './user-error.ts';

/** Where everything lives that Kinetoscope keeps on disk. Absolute paths. */
export interface StateFolder {
  readonly path: string;
  readonly lockFile: string;
  readonly childrenFile: string;
  readonly portsFile: string;
  readonly logs: string;
  readonly localAws: string;
}

const DEFAULT_NAME = '.state';
const LOCK_NAME = 'launcher.lock';

/** Lock of the state folder that a checkout has where KINETOSCOPE_STATE names no other. */
export function defaultLockFile(projectRoot: string): string {
  return join(projectRoot, DEFAULT_NAME, LOCK_NAME);
}

/**
 * Opens the state folder: KINETOSCOPE_STATE, else `.state` in the checkout.
 *
 * @throws {UserError} when it cannot be written
 */
export async function openStateFolder(
  env: NodeJS.ProcessEnv,
  projectRoot: string,
): Promise<StateFolder> {
  const wanted = resolve(projectRoot, env['KINETOSCOPE_STATE'] || DEFAULT_NAME);
  try {
    await mkdir(join(wanted, 'logs'), { recursive: true });
    // Its real path, so that a link does not make two locks of one folder.
    const path = await realpath(wanted);
    // PostgreSQL's own number must pass through, but needs not to see what else is here.
    await chmod(path, postgresOwner() === undefined ? 0o700 : 0o711);
    return {
      path,
      lockFile: join(path, LOCK_NAME),
      childrenFile: join(path, 'children.json'),
      portsFile: join(path, 'ports.json'),
      logs: join(path, 'logs'),
      localAws: join(path, 'local-aws'),
    };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'EACCES' && code !== 'EPERM' && code !== 'EROFS') throw error;
    throw new UserError(
      `The state folder ${wanted} cannot be written (${code}); it may belong to another user.\n` +
        'Set KINETOSCOPE_STATE to a folder of your own.',
    );
  }
}

/** Whether there is anything that `--fresh` would take away. */
export async function isStateEmpty(state: StateFolder, postgresHome: string): Promise<boolean> {
  const found = await Promise.all(
    [join(postgresHome, 'postgres'), state.localAws].map((path) => isThere(path)),
  );
  return !found.includes(true);
}

/** Removes all that is kept, but the lock, which the caller holds. */
export async function clearStateFolder(state: StateFolder, postgresHome: string): Promise<void> {
  if (postgresHome !== state.path) await rm(postgresHome, { recursive: true, force: true });
  for (const entry of await readdir(state.path)) {
    const path = join(state.path, entry);
    if (path !== state.lockFile) await rm(path, { recursive: true, force: true });
  }
  await mkdir(state.logs, { recursive: true });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
