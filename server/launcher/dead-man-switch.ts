import { spawn } from 'node:child_process';

/**
 * Stops a process that cannot follow its launcher by itself (PostgreSQL), also when the launcher dies by kill -9: a
 * shell waits on a pipe whose other end only the launcher holds, and the kernel closes it.
 */
export interface DeadManSwitch {
  /** Ends the watch without touching the process. */
  disarm(): void;
}

/** @param pid must live; must not be used any more once `disarm` was called */
export function armDeadManSwitch(pid: number, signal: 'SIGINT' | 'SIGTERM'): DeadManSwitch {
  // In a group of its own, so that Ctrl-C does not end the watch; `read` returns when the pipe closes.
  const watch = spawn('/bin/sh', ['-c', `read -r _; kill -${signal.slice(3)} "$0"`, String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watch.on('error', () => undefined);
  watch.unref();
  // An unref'd child still keeps us alive by its pipe.
  if (watch.stdin !== null && 'unref' in watch.stdin && typeof watch.stdin.unref === 'function') {
    watch.stdin.unref();
  }
  return { disarm: () => void watch.kill('SIGKILL') };
}
