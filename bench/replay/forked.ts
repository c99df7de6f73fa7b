import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of a bench: a module of bench/, with its options as JSON in its first argument. */
export type ForkedBench = {
  readonly child: ChildProcess;
  /** The next message that it sends. @throws Error where it ends before */
  next<T>(): Promise<T>;
  stop(): Promise<void>;
};

/** @param execArgv more flags for Node */
export function forkBench(
  module: string,
  options: object,
  execArgv: readonly string[] = [],
): ForkedBench {
  const child = fork(new URL(`./bench/${module}`, ROOT), [JSON.stringify(options)], {
    execArgv: [...execArgv],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  return {
    child,
    async next<T>() {
      const ended = exited.then(([code, signal]) => {
        throw new Error(`${module} ended by itself (${code ?? signal}).`);
      });
      const [message] = await Promise.race([once(child, 'message'), ended]);
      // Typed by the caller: both sides of the channel are this bench.
      return message as T;
    },
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exited;
    },
  };
}

const ROOT = new URL('../../', import.meta.url);
