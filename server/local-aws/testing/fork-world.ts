import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { WorldEndpoints } from '#server/local-aws/environment.ts';
import type { WorldServed } from './serve-world.ts';
import type { TestWorldOptions } from './start-world.ts';

export interface ForkedWorld {
  readonly endpoints: WorldEndpoints;
  /** All that it wrote to its standard error. */
  readonly complaints: () => string;
  stop(): Promise<void>;
}

/**
 * An empty world in a process of its own.
 *
 * @param execArgv more flags for Node, e.g. to load the engine otherwise
 * @throws when it ends before it listens; the message has what it said
 */
export async function forkWorld(
  options: TestWorldOptions = {},
  execArgv: readonly string[] = [],
): Promise<ForkedWorld> {
  const child = fork(new URL('./serve-world.ts', import.meta.url), [JSON.stringify(options)], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaints = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const exited = once(child, 'exit');
  const served = once(child, 'message').then(([message]) => message as WorldServed);
  const ended = exited.then(([code, signal]) => {
    throw new Error(`The world ended before it listened (${code ?? signal}): ${complaints}`);
  });
  const { endpoints } = await Promise.race([served, ended]);
  ended.catch(() => undefined);
  return {
    endpoints,
    complaints: () => complaints,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}
