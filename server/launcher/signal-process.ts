/**
 * Sends a signal to one process.
 *
 * @returns false when it does not live any more
 */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/**
 * Sends a signal to all processes of a group, by its leader's pid. Our children lead groups of their own,
 * so this reaches their children too, also after the leader died.
 *
 * @returns false when nobody of the group lives any more
 */
export function signalGroup(leaderPid: number, signal: NodeJS.Signals): boolean {
  return signalProcess(-leaderPid, signal);
}
