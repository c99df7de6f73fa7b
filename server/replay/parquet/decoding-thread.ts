import { Worker } from 'node:worker_threads';
import type { ParquetAnswer, ParquetRequest } from './thread-messages.ts';

/** How far a thread may go before it is killed. */
export type ThreadLimits = {
  /** For one request: some megabytes are decoded, which takes well under a second. */
  readonly requestMsMax: number;
  readonly heapMiBMax: number;
  /** Of its heap and of what lies outside of it. */
  readonly bytesMax: number;
};

const THREAD_LIMITS: ThreadLimits = {
  requestMsMax: 30_000,
  heapMiBMax: 192,
  bytesMax: 384 * 1_048_576,
};

const LOOK_MS = 100;

/** So many are kept for the next object. */
const IDLE_MAX = 2;

const idle: DecodingThread[] = [];

/** A thread that decodes Parquet, one request at a time. */
export class DecodingThread {
  readonly #worker: Worker;
  readonly #limits: ThreadLimits;
  #isDead = false;
  #settle: (said: ParquetAnswer) => void = () => undefined;

  private constructor(limits: ThreadLimits) {
    this.#limits = limits;
    this.#worker = new Worker(new URL('./parquet-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMiBMax },
    });
    // Whoever waits for an answer holds the process by looking after it.
    this.#worker.unref();
    this.#worker.on('message', (said: ParquetAnswer) => this.#settle(said));
    this.#worker.on('error', (error) => {
      this.#isDead = true;
      const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.#settle(refused(isMemory ? 'container-too-large' : 'container-corrupt'));
    });
    this.#worker.on('exit', () => {
      this.#isDead = true;
      this.#settle(refused('container-corrupt'));
    });
  }

  /** @param limits of tests: such a thread is not shared with others */
  static take(limits: ThreadLimits = THREAD_LIMITS): DecodingThread {
    return (limits === THREAD_LIMITS ? idle.pop() : undefined) ?? new DecodingThread(limits);
  }

  /** It was killed, so that nothing more can be asked. */
  get isDead(): boolean {
    return this.#isDead;
  }

  /** Not to be asked again before it has answered. */
  async ask(request: ParquetRequest): Promise<ParquetAnswer> {
    const answer = Promise.withResolvers<ParquetAnswer>();
    const startedMs = performance.now();
    this.#settle = answer.resolve;
    const looking = setInterval(() => {
      if (performance.now() - startedMs > this.#limits.requestMsMax) {
        this.#kill('container-corrupt');
      } else {
        void this.#checkMemory();
      }
    }, LOOK_MS);
    try {
      this.#worker.postMessage(request);
      return await answer.promise;
    } finally {
      clearInterval(looking);
      this.#settle = () => undefined;
    }
  }

  /** Gives it back to whoever decodes the next object. */
  release(): void {
    if (this.#isDead) return;
    if (this.#limits === THREAD_LIMITS && idle.length < IDLE_MAX) idle.push(this);
    else this.#kill('container-corrupt');
  }

  async #checkMemory(): Promise<void> {
    try {
      const { used_heap_size: heap, external_memory: external } =
        await this.#worker.getHeapStatistics();
      if (heap + external > this.#limits.bytesMax) this.#kill('container-too-large');
    } catch (error) {
      // It may end while it is looked at, which its own events tell.
      if (!(error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_NOT_RUNNING')) {
        throw error;
      }
    }
  }

  #kill(reason: 'container-corrupt' | 'container-too-large'): void {
    this.#isDead = true;
    this.#settle(refused(reason));
    void this.#worker.terminate();
  }
}

function refused(reason: 'container-corrupt' | 'container-too-large'): ParquetAnswer {
  return { kind: 'refused', reason };
}
