/** A stretch of periods of one table, to be dropped as a whole. */
export type Droppable = {
  readonly endMs: number;
  readonly bytes: number;
  readonly drop: () => void;
};

/**
 * Bounds the memory of all metering by age and by bytes. Chunks are begun in order of time, so the
 * first in the queue is the oldest of all, and nothing ever has to be searched.
 */
export class ChunkBudget {
  readonly #keepMs: number;
  readonly #maxBytes: number;
  readonly #chunks = new Set<Droppable>();
  #bytes = 0;

  constructor(keepMs: number, maxBytes: number) {
    this.#keepMs = keepMs;
    this.#maxBytes = maxBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  add(chunk: Droppable, nowMs: number): void {
    this.#bytes += chunk.bytes;
    for (const oldest of this.#chunks) {
      if (this.#bytes <= this.#maxBytes && oldest.endMs > nowMs - this.#keepMs) {
        break;
      }
      this.#chunks.delete(oldest);
      this.#bytes -= oldest.bytes;
      oldest.drop();
    }
    this.#chunks.add(chunk);
  }
}
