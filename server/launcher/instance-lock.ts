import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { isSameProcess, processIdentity } from './process-identity.ts';
import { UserError } from './user-error.ts';

/** Held by one launcher per state folder. */
export interface InstanceLock {
  release(): Promise<void>;
}

interface Holder {
  readonly pid: number;
  readonly identity: string;
}

const ATTEMPTS = 5;

/**
 * Takes the lock, a file that names its holder by pid and start. A holder that no longer lives (kill -9,
 * power cut) is no holder.
 *
 * @throws {UserError} when another launcher lives in this state folder
 */
export async function takeInstanceLock(file: string): Promise<InstanceLock> {
  const identity = processIdentity(process.pid);
  if (identity === undefined) throw new Error('The launcher cannot see its own process.');
  const own = JSON.stringify({ pid: process.pid, identity } satisfies Holder);
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, own);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // A link appears with its text in it, and only if there is none: no one reads a half-written lock.
      if (await linkIfAbsent(draft, file)) return { release: () => release(file, own) };
      await removeIfStale(file);
    }
  } finally {
    await unlink(draft);
  }
  throw new UserError(`The lock ${file} is being taken by someone else; try again.`);
}

async function removeIfStale(file: string): Promise<void> {
  const text = await readIfThere(file);
  if (text === undefined) return;
  const holder = parseHolder(text);
  if (holder !== undefined && isSameProcess(holder.pid, holder.identity)) {
    throw new UserError(
      `Kinetoscope already runs with this state folder (pid ${holder.pid}).\n` +
        'Stop it first, or set KINETOSCOPE_STATE to another folder for a second one.',
    );
  }
  const aside = `${file}.stale-${process.pid}`;
  await rename(file, aside);
  const moved = await readFile(aside, 'utf8');
  // Two launchers may have seen the same stale lock: whoever moved the winner's new one puts it back.
  if (moved !== text) await linkIfAbsent(aside, file);
  await unlink(aside);
}

async function release(file: string, own: string): Promise<void> {
  if ((await readIfThere(file)) === own) await unlink(file);
}

async function linkIfAbsent(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('pid' in value) || typeof value.pid !== 'number') return undefined;
    if (!('identity' in value) || typeof value.identity !== 'string') return undefined;
    return { pid: value.pid, identity: value.identity };
  } catch {
    // Damaged, for example by a full disk: nobody can be holding it.
    return undefined;
  }
}
