import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { isSameProcess, processIdentity } from './process-identity.ts';
import { signalGroup, signalProcess } from './signal-process.ts';

/** Which processes a launcher started, on disk, so that the next one can end what a killed one left. */
export interface ChildRecord {
  add(name: string, pid: number, stopSignal: NodeJS.Signals): void;
  remove(name: string): void;
}

const childSchema = z.object({
  name: z.string(),
  pid: z.int().positive(),
  identity: z.string(),
  stopSignal: z.enum(['SIGTERM', 'SIGINT']),
});
type RecordedChild = z.infer<typeof childSchema>;

/** Children see their launcher die and end by themselves; this is for those that hang. */
const GRACE_MS = 5_000;
const POLL_MS = 20;

/** Writes happen before the launcher goes on, so that a kill -9 at any instant leaves a true record. */
export function openChildRecord(file: string): ChildRecord {
  const children = new Map<string, RecordedChild>();
  const save = () => {
    writeFileSync(`${file}.new`, JSON.stringify([...children.values()]), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  return {
    add(name, pid, stopSignal) {
      const identity = processIdentity(pid);
      // Ended within the instant of its start: nothing to clean up.
      if (identity === undefined) return;
      const signal = childSchema.shape.stopSignal.parse(stopSignal);
      children.set(name, { name, pid, identity, stopSignal: signal });
      save();
    },
    remove(name) {
      if (children.delete(name)) save();
    },
  };
}

/**
 * Ends what a launcher that was killed left behind. A process is touched only if it is the one recorded:
 * same pid *and* same start.
 *
 * @returns the names of those that were still alive
 */
export async function endRecordedChildren(file: string): Promise<string[]> {
  const left = readRecord(file).filter((child) => isSameProcess(child.pid, child.identity));
  await Promise.all(left.map(endChild));
  return left.map((child) => child.name);
}

async function endChild(child: RecordedChild): Promise<void> {
  signalProcess(child.pid, child.stopSignal);
  const deadlineMs = performance.now() + GRACE_MS;
  while (isSameProcess(child.pid, child.identity)) {
    if (performance.now() > deadlineMs) signalProcess(child.pid, 'SIGKILL');
    await wait(POLL_MS);
  }
  signalGroup(child.pid, 'SIGKILL');
}

function readRecord(file: string): RecordedChild[] {
  try {
    return z.array(childSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    // A damaged record names nobody that could be ended safely.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return [];
    throw error;
  }
}
