import { isAllZero } from '#lib/domain/replay/transform/split/bytes.ts';
import type { Decoders } from './decoders.ts';
import { decompressBlocks } from './decompress-blocks.ts';
import { InputReader } from './input-reader.ts';
import { GZIP, type MemberFormat, ZSTD } from './member-format.ts';
import { MemberOutput } from './member-output.ts';
import type { DecompressLimits, DecompressReport, StoredFault } from './report.ts';
import { HadoopSnappy, snappyFormatOf } from './snappy-formats.ts';
import { StoredLedger } from './stored-ledger.ts';
import { ZipFormat } from './zip-format.ts';

/**
 * `snappy`: chunks with checksums (the framing format), blocks as snappy-java writes them, or one block; the object
 * tells. `hadoop-snappy`: blocks as Hadoop writes them, which do not tell.
 */
export type Compression = 'none' | 'gzip' | 'zstd' | 'snappy' | 'hadoop-snappy' | 'zip';

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
  const input = new InputReader(source);
  switch (options.compression) {
    case 'gzip':
      return yield* new Decompression(input, GZIP, options).run();
    case 'zstd':
      return yield* new Decompression(input, ZSTD, options).run();
    case 'zip':
      return yield* new Decompression(input, new ZipFormat(), options).run();
    case 'snappy':
      return yield* decompressBlocks(input, snappyFormatOf, options);
    case 'hadoop-snappy':
      return yield* decompressBlocks(input, async () => new HadoopSnappy(), options);
  }
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
  readonly #ledger: StoredLedger;

  constructor(input: InputReader, format: MemberFormat, options: DecompressOptions) {
    this.#input = input;
    this.#format = format;
    this.#options = options;
    this.#ledger = new StoredLedger(options.storedBytes);
  }

  async *run(): AsyncGenerator<Uint8Array, DecompressReport> {
    const ledger = this.#ledger;
    try {
      while ((await this.#input.peek(1)).length > 0) {
        const start = this.#input.position;
        const frame = (await this.#format.takeFrame?.(this.#input)) ?? null;
        if (frame === 'taken') ledger.addFrame({ start, end: this.#input.position });
        else if (frame !== null) return ledger.brokenOff(start, frame, 0);
        else {
          const output = new MemberOutput(this.#options, ledger.decodedBytes);
          const fault = yield* this.#member(output);
          ledger.decodedBytes += output.releasedBytes;
          if (fault !== null) return ledger.brokenOff(start, fault, output.releasedBytes);
          ledger.addMember({ start, end: this.#input.position });
        }
        await this.#skipPadding();
      }
      const end = this.#input.position;
      const isCutOff = end > 0 && this.#format.isWhole === false;
      return isCutOff ? ledger.brokenOff(end, 'truncated', 0) : ledger.whole();
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
    const proof = { ...output.proof, takenBytes: decoder.takenBytes };
    const disproved = await this.#format.takeProof(this.#input, proof);
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
    this.#ledger.addPadding({ start, end: this.#input.position });
  }
}
