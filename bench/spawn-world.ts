import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { inProject, projectRoot } from '#server/launcher/project-root.ts';
import { WORLD_MEMORY } from '#server/launcher/world-memory.ts';

/** pino's number for `warn`. */
const WARN = 40;

const logLine = z.object({ level: z.number() });
const endpointsLine = z.object({ kinesis: z.string(), dynamodb: z.string(), admin: z.string() });

type Endpoints = z.infer<typeof endpointsLine>;

/** The embedded AWS without a scenario, in a process of its own, as `npm start` runs it. */
export type SpawnedWorld = {
  readonly endpoints: Endpoints;
  /** Warnings and errors that it has logged, whatever it wrote to stderr (warnings of Node), and that it ended by itself. */
  readonly troubles: readonly string[];
  stop(): Promise<void>;
};

/**
 * Starts a world on free ports.
 *
 * @param args more of what its command takes
 * @throws Error when it ends before it is ready, or is not ready in time; nothing of it runs any more then
 */
export async function spawnWorld(
  args: readonly string[],
  readyMsMax: number,
): Promise<SpawnedWorld> {
  const child = spawn(
    process.execPath,
    [
      inProject('server/local-aws/main.ts'),
      '--scenario=none',
      ...['port', 'dynamodb-port', 's3-port', 'admin-port'].map((name) => `--${name}=0`),
      ...args,
    ],
    {
      cwd: projectRoot,
      // With a state folder named it logs as a part of the product: JSON lines from `info` on.
      env: { ...process.env, ...WORLD_MEMORY, LOCAL_AWS_STATE: 'bench' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const troubles: string[] = [];
  const endpoints = await readLog(child, troubles, readyMsMax);
  let isStopping = false;
  child.on('exit', (code) => {
    if (!isStopping) troubles.push(`The world ended by itself, with exit code ${code}`);
  });
  return {
    endpoints,
    troubles,
    async stop() {
      isStopping = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Follows the log to its end. @returns where the world is, once it says so. */
async function readLog(child: ChildProcess, troubles: string[], readyMsMax: number) {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('The world has no output to read');
  stderr.on('data', (chunk: Buffer) => troubles.push(chunk.toString()));
  const found = Promise.withResolvers<Endpoints>();
  createInterface({ input: stdout }).on('line', (text) => {
    const line: unknown = JSON.parse(text);
    if (logLine.parse(line).level >= WARN) troubles.push(text);
    const endpoints = endpointsLine.safeParse(line);
    if (endpoints.success) found.resolve(endpoints.data);
  });
  child.once('exit', (code) =>
    found.reject(new Error(`The world ended with exit code ${code}: ${troubles.join('\n')}`)),
  );
  const late = setTimeout(
    () => found.reject(new Error(`The world was not ready in ${readyMsMax} ms`)),
    readyMsMax,
  );
  try {
    return await found.promise;
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(late);
  }
}
