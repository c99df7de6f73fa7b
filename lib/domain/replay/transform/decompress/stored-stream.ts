import type { StreamDecoder } from './decoders.ts';

/** What is stored without being compressed: it comes out as it goes in, and ends where its header says. */
export class StoredStream implements StreamDecoder {
  readonly #length: number;
  #takenBytes = 0;
  #isCutOff = false;

  constructor(length: number) {
    this.#length = length;
  }

  get state(): StreamDecoder['state'] {
    if (this.#takenBytes === this.#length) return 'whole';
    return this.#isCutOff ? 'corrupt' : 'open';
  }

  get takenBytes(): number {
    return this.#takenBytes;
  }

  async *decode(input: Uint8Array): AsyncGenerator<Uint8Array> {
    const piece = input.subarray(0, this.#length - this.#takenBytes);
    this.#takenBytes += piece.length;
    yield piece;
  }

  finish(): AsyncIterable<Uint8Array> {
    this.#isCutOff = true;
    return NOTHING;
  }

  close(): void {
    // It holds nothing.
  }
}

const NOTHING: AsyncIterable<Uint8Array> = {
  [Symbol.asyncIterator]: () => ({ next: async () => ({ done: true, value: undefined }) }),
};
