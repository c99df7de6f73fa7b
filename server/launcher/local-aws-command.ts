import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { followParentFlags } from './follow-parent-flags.ts';
import { inProject, projectRoot } from './project-root.ts';
import { listenForStop } from './stop-request.ts';

/**
 * `npm run local-aws`: the embedded AWS world alone, in the foreground, with the arguments passed on.
 *
 * @returns its exit code
 */
export async function runLocalAws(args: readonly string[]): Promise<number> {
  const stop = listenForStop();
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      ...followParentFlags(),
      inProject('server', 'local-aws', 'main.ts'),
      ...args,
    ],
    { cwd: projectRoot, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] },
  );
  stop.signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  stop.forced.addEventListener('abort', () => child.kill('SIGKILL'), { once: true });
  const [code] = await once(child, 'exit');
  if (typeof code === 'number') return code;
  return stop.signal.aborted ? 0 : 1;
}
