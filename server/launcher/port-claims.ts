import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPortFree } from './free-port.ts';
import { type ProcessLock, takeProcessLock } from './process-lock.ts';

/** Ports that are ours from their choice on, though what shall listen on them only starts. */
export interface PortClaims {
  /** Whether the port is ours now: nobody listens there, and no other launcher has claimed it. */
  claim(port: number): Promise<boolean>;
  /** To be called when nothing of ours listens any more. */
  release(): Promise<void>;
}

/**
 * Claims ports against the other launchers of the same user, by one lock a port in a folder that they share. A
 * launcher that was killed claims nothing.
 *
 * @param folder made if missing. One that is not ours, in a place where everybody may write, is not used: ports
 * are then only looked at, and two launchers that start at once may choose the same
 */
export async function openPortClaims(
  folder = join(tmpdir(), `kinetoscope-ports-${process.getuid?.() ?? 'user'}`),
  isFree: (port: number) => Promise<boolean> = isPortFree,
): Promise<PortClaims> {
  const isShared = await openOwnFolder(folder);
  const claimed = new Set<number>();
  const locks: ProcessLock[] = [];
  return {
    async claim(port) {
      // In this order: what listens there may be left of a launcher that was killed, and so holds no lock.
      if (claimed.has(port) || !(await isFree(port))) return false;
      if (isShared) {
        const taken = await takeProcessLock(join(folder, `${port}.lock`));
        if (!('release' in taken)) return false;
        locks.push(taken);
      }
      claimed.add(port);
      return true;
    },
    async release() {
      claimed.clear();
      await Promise.all(locks.splice(0).map((lock) => lock.release()));
    },
  };
}

/** @returns whether it is a folder, no link to one, and belongs to us */
async function openOwnFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
    if (code !== 'EEXIST') throw error;
  }
  const found = await lstat(folder);
  return found.isDirectory() && (process.getuid === undefined || found.uid === process.getuid());
}
