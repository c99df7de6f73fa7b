import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { inProject, projectRoot } from '#server/launcher/project-root.ts';
import { WORLD_MEMORY } from '#server/launcher/world-memory.ts';

/** pino's number for `warn`. */
const WARN = 40;
const READY_MS_MAX = 30_000;

const logLine = z.object({
  level: z.number(),
  msg: z.string().optional(),
  kinesis: z.string().optional(),
  admin: z.string().optional(),
});

const processFigures = z.object({
  rssBytes: z.number(),
  heapUsedBytes: z.number(),
  arrayBuffersBytes: z.number(),
  eventLoopDelayP99Ms: z.number(),
  eventLoopDelayMaxMs: z.number(),
});
const engineFigures = z.object({
  reservedBytes: z.number(),
  trimmedRecords: z.number(),
  meterBytes: z.number(),
});

export type WorldFigures = z.infer<typeof processFigures> & z.infer<typeof engineFigures>;

/** A fault as the admin port takes it. */
export type SoakFault = {
  readonly effect: { readonly type: string; readonly ms?: number };
  readonly operation: string;
  readonly count: number;
};

/** The embedded AWS without a scenario, in a process of its own, as `npm start` runs it. */
export class SoakWorld {
  readonly kinesis: string;
  readonly #admin: string;
  readonly #child: ChildProcess;
  readonly #troubles: string[];
  #isClosing = false;

  private constructor(
    child: ChildProcess,
    endpoints: { readonly kinesis: string; readonly admin: string },
    troubles: string[],
  ) {
    this.kinesis = endpoints.kinesis;
    this.#admin = endpoints.admin;
    this.#child = child;
    this.#troubles = troubles;
    child.on('exit', (code) => {
      if (!this.#isClosing) {
        troubles.push(`The world ended by itself, with exit code ${code}`);
      }
    });
  }

  static async start(capMebibytes: number): Promise<SoakWorld> {
    const child = spawn(
      process.execPath,
      [
        inProject('server/local-aws/main.ts'),
        '--scenario=none',
        ...['port', 'dynamodb-port', 's3-port', 'admin-port'].map((name) => `--${name}=0`),
        `--bytes-max=${capMebibytes * 1_048_576}`,
        // A merged shard takes twice its share of the load: below AWS's limits it would hold up its keys for good.
        '--limit-scale=4',
        '--transition-seconds=0.5',
      ],
      {
        cwd: projectRoot,
        // With a state folder named it logs as a part of the product: JSON lines from `info` on.
        env: { ...process.env, ...WORLD_MEMORY, LOCAL_AWS_STATE: 'soak' },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      },
    );
    const troubles: string[] = [];
    const endpoints = await readLog(child, troubles);
    return new SoakWorld(child, endpoints, troubles);
  }

  /** Warnings and errors that it has logged, and whatever it wrote to stderr: warnings of Node go there. */
  get troubles(): readonly string[] {
    return this.#troubles;
  }

  async read(): Promise<WorldFigures> {
    const [process, engine] = await Promise.all([this.#get('/process'), this.#get('/engine')]);
    return { ...processFigures.parse(process), ...engineFigures.parse(engine) };
  }

  async addFault(fault: SoakFault): Promise<void> {
    const response = await fetch(`${this.#admin}/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
    });
    if (!response.ok) {
      throw new Error(`The world refused a fault: ${await response.text()}`);
    }
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      return;
    }
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }

  async #get(path: string): Promise<unknown> {
    return (await fetch(this.#admin + path)).json();
  }
}

/** Follows the log to its end. @returns where the world is, once it says so. */
async function readLog(child: ChildProcess, troubles: string[]) {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) {
    throw new Error('The world has no output to read');
  }
  stderr.on('data', (chunk: Buffer) => troubles.push(chunk.toString()));
  const found = Promise.withResolvers<{ readonly kinesis: string; readonly admin: string }>();
  createInterface({ input: stdout }).on('line', (text) => {
    const line = logLine.parse(JSON.parse(text));
    if (line.level >= WARN) {
      troubles.push(text);
    }
    if (line.kinesis !== undefined && line.admin !== undefined) {
      found.resolve({ kinesis: line.kinesis, admin: line.admin });
    }
  });
  child.once('exit', (code) =>
    found.reject(new Error(`The world ended with exit code ${code}: ${troubles.join('\n')}`)),
  );
  const late = setTimeout(
    () => found.reject(new Error(`The world was not ready in ${READY_MS_MAX} ms`)),
    READY_MS_MAX,
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
