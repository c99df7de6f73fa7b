import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { nextFreePort } from '#server/launcher/free-port.ts';
import { projectRoot } from '#server/launcher/project-root.ts';

/** A whole product, started as a person starts it. */
export interface StartedProduct {
  readonly url: string;
  /** Milliseconds from the start command to the line that says it is ready. */
  readonly readyMs: number;
  /** Pid of the process that `npm start` would be waiting for. */
  readonly pid: number;
  /** As Ctrl-C does; resolves to the exit code. */
  stop(): Promise<number>;
}

const FIRST_PORT_DEFAULT = 3900;
const READY_MS_MAX_DEFAULT = 180_000;

/**
 * Runs `bootstrap.mjs start` on a free port and waits until it says that it is ready.
 *
 * @param options.statePath its state folder, made if missing; undefined means `.state` in its checkout
 * @param options.root the checkout; ours unless told
 * @param options.firstPort where the search for a free port begins; products that start at once need their own
 * @param options.readyMsMax how long it may take
 * @param options.configPath a configuration with connections; without it the product makes its embedded world
 * @throws with all that it printed, when it ends before it is ready; nothing of it runs any more then
 */
export async function startProduct(options: {
  readonly statePath?: string;
  readonly root?: string;
  readonly firstPort?: number;
  readonly args?: readonly string[];
  readonly readyMsMax?: number;
  readonly configPath?: string;
  /** Added to what is left of the caller's environment. */
  readonly environment?: Readonly<Record<string, string>>;
}): Promise<StartedProduct> {
  const { root = projectRoot, args = [] } = options;
  const port = await nextFreePort(options.firstPort ?? FIRST_PORT_DEFAULT);
  const startedMs = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, 'server', 'launcher', 'bootstrap.mjs'), 'start', '--port', String(port), ...args],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], env: cleanEnvironment(options) },
  );
  const exited = once(child, 'exit');
  let limit: NodeJS.Timeout | undefined;
  try {
    const printed: string[] = [];
    const ready = Promise.withResolvers<string>();
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        printed.push(line);
        const url = /is ready in .*:\s+(http:\S+)$/.exec(line)?.[1];
        if (url !== undefined) ready.resolve(url);
      });
    }
    const fail = (why: string) => ready.reject(new Error(`${why}:\n${printed.join('\n')}`));
    // Not when it ended, but when all that it said has been read.
    once(child, 'close').then(
      ([code]) => fail(`The product ended with exit code ${code}`),
      ready.reject,
    );
    limit = setTimeout(
      () => fail('The product was not ready in time'),
      options.readyMsMax ?? READY_MS_MAX_DEFAULT,
    );
    const url = await ready.promise;
    return {
      url,
      readyMs: performance.now() - startedMs,
      pid: child.pid ?? 0,
      async stop() {
        child.kill('SIGTERM');
        const [code] = await exited;
        return typeof code === 'number' ? code : 1;
      },
    };
  } catch (error) {
    child.kill('SIGTERM');
    await exited;
    throw error;
  } finally {
    clearTimeout(limit);
  }
}

/** What a developer's shell says of databases, ports and connections must not reach a product under test. */
function cleanEnvironment(options: Parameters<typeof startProduct>[0]): NodeJS.ProcessEnv {
  const { statePath } = options;
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(PORT|HOST|DATABASE_URL|NODE_OPTIONS|VITEST.*|(KINETOSCOPE|LOCAL_AWS|AWS)_.*)$/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    NODE_ENV: 'production',
    // An empty configuration: one that lies in the checkout could connect the product to somebody's AWS.
    KINETOSCOPE_CONFIG: options.configPath ?? '/dev/null',
    ...(statePath === undefined ? {} : { KINETOSCOPE_STATE: statePath }),
    ...options.environment,
  };
}
