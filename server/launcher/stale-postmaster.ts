import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { commandLine } from './process-identity.ts';
import { signalProcess } from './signal-process.ts';

const GRACE_MS = 5_000;
const POLL_MS = 20;

/**
 * Deals with the postmaster.pid of a PostgreSQL that nobody stopped. Where its pid is dead, PostgreSQL itself sees
 * that (and that no backend still holds the shared memory); two cases it cannot know:
 *
 * - the pid lives and is a PostgreSQL on this very folder, left by a launcher that was killed: it is stopped
 * - the pid lives, but was given to another program since: PostgreSQL would refuse to start; the file goes
 *
 * The caller holds the lock of the state folder, so nobody else starts one meanwhile.
 */
export async function endStalePostmaster(dataFolder: string): Promise<void> {
  const file = join(dataFolder, 'postmaster.pid');
  const pid = await readPid(file);
  if (pid === undefined) return;
  const command = commandLine(pid);
  if (command === undefined) return;
  if (!isPostmasterOf(command, dataFolder)) {
    await rm(file, { force: true });
    return;
  }
  signalProcess(pid, 'SIGINT');
  const deadlineMs = performance.now() + GRACE_MS;
  while (isPostmasterOf(commandLine(pid) ?? '', dataFolder)) {
    if (performance.now() > deadlineMs) signalProcess(pid, 'SIGKILL');
    await wait(POLL_MS);
  }
}

function isPostmasterOf(command: string, dataFolder: string): boolean {
  return command.includes('postgres') && command.includes(dataFolder);
}

async function readPid(file: string): Promise<number | undefined> {
  try {
    const pid = Number.parseInt(await readFile(file, 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
