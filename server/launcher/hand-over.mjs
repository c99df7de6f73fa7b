import { spawn } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { FORWARDED_SIGNALS } from './forwarded-signals.mjs';

const PARENT_CHECK_MS = 1_000;

/**
 * Runs the launcher and ends as it ends. The launcher holds the other end of an IPC channel: if this
 * process dies by kill -9, the launcher sees the channel close and stops everything. If npm above dies
 * that way, we see it by the changed parent and ask the launcher to stop.
 *
 * @param {{ runtime: { path: string, flags: string[] }, main: string, args: string[], cwd: string }} what
 */
export async function handOver({ runtime, main, args, cwd }) {
  const child = spawn(runtime.path, [...runtime.flags, main, ...args], {
    cwd,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: {
      NODE_COMPILE_CACHE: join(cwd, 'node_modules', '.cache', 'compile'),
      ...process.env,
    },
  });
  // The same signal can reach the launcher twice (terminal and us); it takes those for one.
  for (const signal of FORWARDED_SIGNALS) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  const underNpm = process.env.npm_lifecycle_event !== undefined;
  const watch = setInterval(() => {
    if (underNpm && process.ppid !== parent) child.kill('SIGTERM');
  }, PARENT_CHECK_MS);
  const { code, signal } = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  clearInterval(watch);
  if (signal !== null) process.stderr.write(`The launcher was ended by ${signal}.\n`);
  process.exitCode = code ?? 1;
  if (child.connected) child.disconnect();
}
