import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, dirname } from 'node:path';
import { projectRoot } from './project-root.ts';

export interface ToolOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is ended. */
  readonly limitMs?: number;
  readonly quiet?: boolean;
  readonly stop: AbortSignal;
}

/**
 * Runs a program to its end, its output on ours.
 *
 * @returns its exit code; 1 when a signal ended it, 127 when there is no such program
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { env = {}, limitMs, quiet = false, stop }: ToolOptions,
): Promise<number> {
  const ends = limitMs === undefined ? stop : AbortSignal.any([stop, AbortSignal.timeout(limitMs)]);
  const child = spawn(command, [...args], {
    cwd: projectRoot,
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', quiet ? 'ignore' : 'inherit'],
    // Tools that start `node` themselves must get the runtime that we run on.
    env: {
      ...process.env,
      PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
      NEXT_TELEMETRY_DISABLED: '1',
      ...env,
    },
  });
  const end = () => child.kill('SIGTERM');
  ends.addEventListener('abort', end, { once: true });
  try {
    const [code] = await once(child, 'exit');
    return typeof code === 'number' ? code : 1;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 127;
    throw error;
  } finally {
    ends.removeEventListener('abort', end);
  }
}

/** Runs a JavaScript program of node_modules, given by its path in there. */
export function runTool(
  script: string,
  args: readonly string[],
  options: ToolOptions,
): Promise<number> {
  return runProgram(process.execPath, [`${projectRoot}/node_modules/${script}`, ...args], options);
}
