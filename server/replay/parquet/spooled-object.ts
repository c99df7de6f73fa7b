import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InputReader } from '#lib/domain/replay/transform/decompress/input-reader.ts';

/** Larger objects are not written down: a disk is shared with others. */
const SPOOLED_BYTES_MAX = 2 * 1_024 * 1_048_576;

/**
 * An object in a file that has no name any more, so that it is gone as soon as the process is: what is read by places has
 * to be there as a whole, and memory is no place for it.
 */
export class SpooledObject {
  readonly #file: FileHandle;
  #bytes = 0;
  #trailingBytes = 0;

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async open(): Promise<SpooledObject> {
    const folder = await mkdtemp(join(tmpdir(), 'kinetoscope-spool-'));
    try {
      return new SpooledObject(await open(join(folder, 'object'), 'wx+', 0o600));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  get descriptor(): number {
    return this.#file.fd;
  }

  /** Without the zeros at its end, with which storage pads. */
  get bytes(): number {
    return this.#bytes - this.#trailingBytes;
  }

  get trailingBytes(): number {
    return this.#trailingBytes;
  }

  /**
   * Takes all that is left of an input.
   * @returns whether it was written down; of what is too large only as much is, and the rest is counted
   */
  async fill(input: InputReader): Promise<boolean> {
    for (;;) {
      const chunk = await input.peek(1);
      if (chunk.length === 0) return this.#bytes <= SPOOLED_BYTES_MAX;
      if (this.#bytes < SPOOLED_BYTES_MAX) await this.#append(chunk);
      this.#bytes += chunk.length;
      const zeros = chunk.length - 1 - chunk.findLastIndex((byte) => byte !== 0);
      this.#trailingBytes = zeros === chunk.length ? this.#trailingBytes + zeros : zeros;
      input.take(chunk.length);
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, end - start));
    const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, start);
    return bytes.subarray(0, bytesRead);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  async #append(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      const { bytesWritten } = await this.#file.write(chunk, at);
      at += bytesWritten;
    }
  }
}
