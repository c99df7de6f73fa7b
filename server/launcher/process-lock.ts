import { randomUUID } from 'node:crypto';
import { link, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { isSameProcess, processIdentity } from './process-identity.ts';

/** A file that names the living process which holds it. */
export interface ProcessLock {
  release(): Promise<void>;
}

/** Why a lock was not to be had; the pid is undefined where others were just taking it. */
interface LockHolder {
  readonly heldBy: number | undefined;
}

interface Holder {
  readonly pid: number;
  readonly identity: string;
}

const ATTEMPTS = 5;

/**
 * Takes a lock: a file that names its holder by pid and start. A holder that no longer lives (kill -9, power
 * cut) is no holder. This process holds a lock once: asking again finds it held.
 *
 * @throws when the file cannot be written
 */
export async function takeProcessLock(file: string): Promise<ProcessLock | LockHolder> {
  const identity = processIdentity(process.pid);
  if (identity === undefined) throw new Error('This process cannot see itself.');
  const own = JSON.stringify({ pid: process.pid, identity } satisfies Holder);
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, own);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      // A link appears with its text in it, and only if there is none: no one reads a half-written lock.
      if (await linkIfAbsent(draft, file)) return { release: () => release(file, own) };
      const heldBy = await liveHolder(file);
      if (heldBy !== undefined) return { heldBy };
      await removeStale(file);
    }
  } finally {
    await unlink(draft);
  }
  return { heldBy: undefined };
}

/** Pid of the living process that holds a lock; undefined where none does. */
export async function liveHolder(file: string): Promise<number | undefined> {
  return holderIn(await readIfThere(file));
}

async function removeStale(file: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    // Somebody else has seen that it is stale, and was faster.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // Two may have seen the same stale lock: whoever moved the winner's new one puts it back.
  if (holderIn(await readFile(aside, 'utf8')) !== undefined) await linkIfAbsent(aside, file);
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

function holderIn(text: string | undefined): number | undefined {
  const holder = text === undefined ? undefined : parseHolder(text);
  if (holder === undefined || !isSameProcess(holder.pid, holder.identity)) return undefined;
  return holder.pid;
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
