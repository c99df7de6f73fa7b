import { type ProcessLock, takeProcessLock } from './process-lock.ts';
import { UserError } from './user-error.ts';

/**
 * Takes the lock of a state folder, held by one launcher at a time.
 *
 * @throws {UserError} when another launcher lives in this state folder
 */
export async function takeInstanceLock(file: string): Promise<ProcessLock> {
  const taken = await takeProcessLock(file);
  if ('release' in taken) return taken;
  throw new UserError(
    taken.heldBy === undefined
      ? `The lock ${file} is being taken by someone else; try again.`
      : `Kinetoscope already runs with this state folder (pid ${taken.heldBy}).\n` +
          'Stop it first, or set KINETOSCOPE_STATE to another folder for a second one.',
  );
}
