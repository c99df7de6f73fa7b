import { z } from 'zod';
import { type SpawnedWorld, spawnWorld } from './spawn-world.ts';

const READY_MS_MAX = 30_000;

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

/** The world of a soak: its figures, and the faults that are put into it. */
export class SoakWorld {
  readonly #world: SpawnedWorld;

  private constructor(world: SpawnedWorld) {
    this.#world = world;
  }

  static async start(capMebibytes: number): Promise<SoakWorld> {
    const args = [
      `--bytes-max=${capMebibytes * 1_048_576}`,
      // A merged shard takes twice its share of the load: below AWS's limits it would hold up its keys for good.
      '--limit-scale=4',
      '--transition-seconds=0.5',
    ];
    return new SoakWorld(await spawnWorld(args, READY_MS_MAX));
  }

  get kinesis(): string {
    return this.#world.endpoints.kinesis;
  }

  /** What it complained of: see {@link SpawnedWorld.troubles}. */
  get troubles(): readonly string[] {
    return this.#world.troubles;
  }

  async read(): Promise<WorldFigures> {
    const [process, engine] = await Promise.all([this.#get('/process'), this.#get('/engine')]);
    return { ...processFigures.parse(process), ...engineFigures.parse(engine) };
  }

  async addFault(fault: SoakFault): Promise<void> {
    const response = await fetch(`${this.#world.endpoints.admin}/faults`, {
      method: 'POST',
      body: JSON.stringify(fault),
    });
    if (!response.ok) {
      throw new Error(`The world refused a fault: ${await response.text()}`);
    }
  }

  async close(): Promise<void> {
    await this.#world.stop();
  }

  async #get(path: string): Promise<unknown> {
    return (await fetch(this.#world.endpoints.admin + path)).json();
  }
}
