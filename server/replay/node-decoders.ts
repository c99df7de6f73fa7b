import { constants, crc32, createInflateRaw, createZstdDecompress } from 'node:zlib';
import type { Decoders, StreamDecoder } from '#lib/domain/replay/transform/decompress/decoders.ts';
import { readParquetFile } from './parquet/read-parquet-file.ts';

/** Output comes in pieces of at most this size. Below, the way of each to another thread and back costs more than inflating. */
const PIECE_BYTES = 262_144;

/** 128 MiB, zstd's own default: frames that were made to need more memory are corrupt to us. */
const ZSTD_WINDOW_LOG_MAX = 27;

/** Node's zlib, on its thread pool. */
export const NODE_DECODERS: Decoders = {
  inflate: () => new NodeStreamDecoder(createInflateRaw({ chunkSize: PIECE_BYTES })),
  zstd: () =>
    new NodeStreamDecoder(
      createZstdDecompress({
        chunkSize: PIECE_BYTES,
        params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG_MAX },
      }),
    ),
  crc32,
  parquet: readParquetFile,
};

type NodeStream = ReturnType<typeof createInflateRaw> | ReturnType<typeof createZstdDecompress>;

/** One stream of the runtime, read in pieces as they are asked for: what is not asked for is not decompressed. */
class NodeStreamDecoder implements StreamDecoder {
  readonly #stream: NodeStream;
  #state: StreamDecoder['state'] = 'open';
  #wake: () => void = () => {};

  constructor(stream: NodeStream) {
    this.#stream = stream;
    stream.on('readable', () => this.#wake());
    stream.on('end', () => this.#settle('whole'));
    stream.on('error', () => this.#settle('corrupt'));
  }

  get state(): StreamDecoder['state'] {
    return this.#state;
  }

  get takenBytes(): number {
    return this.#stream.bytesWritten;
  }

  async *decode(input: Uint8Array): AsyncGenerator<Uint8Array> {
    const takenBefore = this.takenBytes;
    let isWritten = false;
    this.#stream.write(input, () => {
      isWritten = true;
      this.#wake();
    });
    // Input that is left over says that the stream has ended, of which the event comes later.
    yield* this.#pieces(() => isWritten && this.takenBytes - takenBefore === input.length);
  }

  async *finish(): AsyncGenerator<Uint8Array> {
    this.#stream.end();
    yield* this.#pieces(() => false);
  }

  close(): void {
    this.#stream.destroy();
  }

  async *#pieces(isDone: () => boolean): AsyncGenerator<Uint8Array> {
    for (;;) {
      const piece: Uint8Array | null = this.#stream.read();
      if (piece !== null) yield piece;
      else if (this.#state !== 'open' || isDone()) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  #settle(state: StreamDecoder['state']): void {
    this.#state = state;
    this.#wake();
  }
}
