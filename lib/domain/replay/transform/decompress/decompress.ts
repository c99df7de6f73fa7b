import { isAllZero } from '#lib/domain/replay/transform/split/bytes.ts';
import type { Decoders } from './decoders.ts';
import { InputReader } from './input-reader.ts';
import { GZIP, type MemberFormat, ZSTD } from './member-format.ts';
import { MemberOutput } from './member-output.ts';
import type { DecompressLimits, DecompressReport, StoredFault, StoredSpan } from './report.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

const PADDINGS_KEPT = 100;

export type DecompressOptions = {
  readonly compression: Compression;
  /** The object's size, as its manifest has it. */
  readonly storedBytes: number;
  readonly limits: DecompressLimits;
  readonly decoders: Decoders;
};

/**
 * Decompresses an object of any number of members, in bounded memory, and accounts for each of its bytes. It stops at
 * the first fault, which is data, as all that storage can do to an object; what was given out before stands.
 * @param source read no further than what is asked for, and let go in any case
 * @returns after the last piece, what became of the stored bytes
 * @throws only what the source throws
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  options: DecompressOptions,
): AsyncGenerator<Uint8Array, DecompressReport> {
  if (options.compression === 'none') return yield* passThrough(source);
  const format = options.compression === 'gzip' ? GZIP : ZSTD;
  return yield* new Decompression(new InputReader(source), format, options).run();
}

async function* passThrough(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, DecompressReport> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    yield chunk;
  }
  return {
    memberBytes: bytes,
    memberCount: bytes === 0 ? 0 : 1,
    paddingBytes: 0,
    paddings: [],
    faultyBytes: 0,
    fault: null,
    decodedBytes: bytes,
    unprovedBytes: 0,
  };
}

class Decompression {
  readonly #input: InputReader;
  readonly #format: MemberFormat;
  readonly #options: DecompressOptions;
  #memberBytes = 0;
  #memberCount = 0;
  #paddingBytes = 0;
  readonly #paddings: StoredSpan[] = [];
  #decodedBytes = 0;

  constructor(input: InputReader, format: MemberFormat, options: DecompressOptions) {
    this.#input = input;
    this.#format = format;
    this.#options = options;
  }

  async *run(): AsyncGenerator<Uint8Array, DecompressReport> {
    try {
      while ((await this.#input.peek(1)).length > 0) {
        const start = this.#input.position;
        const output = new MemberOutput(this.#options, this.#decodedBytes);
        const fault = yield* this.#member(output);
        this.#decodedBytes += output.releasedBytes;
        if (fault !== null) return this.#report(start, fault, output.releasedBytes);
        this.#memberBytes += this.#input.position - start;
        this.#memberCount += 1;
        await this.#skipPadding();
      }
      return this.#report(this.#options.storedBytes, null, 0);
    } finally {
      await this.#input.close();
    }
  }

  async *#member(output: MemberOutput): AsyncGenerator<Uint8Array, StoredFault | null> {
    const wrong = await this.#format.takeHeader(this.#input);
    if (wrong !== null) return wrong;
    const decoder = this.#format.open(this.#options.decoders);
    let isCutOff = false;
    try {
      while (decoder.state === 'open') {
        const input = await this.#input.peek(1);
        const takenBefore = decoder.takenBytes;
        isCutOff = input.length === 0;
        const pieces = isCutOff ? decoder.finish() : decoder.decode(input);
        for await (const piece of pieces) {
          const excess = output.add(piece, decoder.takenBytes);
          if (excess !== null) return excess;
          yield* output.release();
        }
        this.#input.take(decoder.takenBytes - takenBefore);
      }
      if (decoder.state === 'corrupt') return isCutOff ? 'truncated' : 'corrupt-stream';
    } finally {
      decoder.close();
    }
    const disproved = await this.#format.takeProof(this.#input, output.proof);
    if (disproved === null) yield* output.releaseAll();
    return disproved;
  }

  /** Storage pads with zeros, and what comes behind them is as good as what came before. */
  async #skipPadding(): Promise<void> {
    const start = this.#input.position;
    for (;;) {
      const bytes = await this.#input.peek(1);
      const end = isAllZero(bytes) ? bytes.length : bytes.findIndex((byte) => byte !== 0);
      if (end === 0) break;
      this.#input.take(end);
    }
    const end = this.#input.position;
    if (end === start) return;
    this.#paddingBytes += end - start;
    if (this.#paddings.length < PADDINGS_KEPT) this.#paddings.push({ start, end });
  }

  #report(start: number, reason: StoredFault | null, unprovedBytes: number): DecompressReport {
    const end = this.#options.storedBytes;
    return {
      memberBytes: this.#memberBytes,
      memberCount: this.#memberCount,
      paddingBytes: this.#paddingBytes,
      paddings: this.#paddings,
      faultyBytes: end - start,
      fault: reason === null ? null : { start, end, reason },
      decodedBytes: this.#decodedBytes,
      unprovedBytes,
    };
  }
}
