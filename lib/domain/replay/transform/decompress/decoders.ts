import type { ParquetReader } from '#lib/domain/replay/transform/container/parquet.ts';

/**
 * Decodes one DEFLATE stream (RFC 1951) or Zstandard frame (RFC 8878). Where it ends is in the stream: what is handed
 * over behind the end is not taken, so that every byte of an object has its place.
 */
export type StreamDecoder = {
  /**
   * Hands over input and gives what comes of it, in pieces of bounded size; no further than they are asked for. May not
   * be called again before all were taken.
   */
  decode(input: Uint8Array): AsyncIterable<Uint8Array>;
  /** No input is left: the stream is whole, or corrupt. */
  finish(): AsyncIterable<Uint8Array>;
  /** `whole`: the stream has ended. `corrupt`: it is not such a stream, or was cut off. */
  readonly state: 'open' | 'whole' | 'corrupt';
  /** Of all input so far, what belongs to the stream. */
  readonly takenBytes: number;
  /** Lets go of its memory, whatever state it is in. */
  close(): void;
};

/** What the runtime has quicker than we could, or at all. */
export type Decoders = {
  inflate(): StreamDecoder;
  zstd(): StreamDecoder;
  /** CRC-32 of RFC 1952, going on from that of the bytes before; unsigned. */
  crc32(bytes: Uint8Array, before: number): number;
  readonly parquet: ParquetReader;
};
