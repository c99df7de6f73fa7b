import type { Decoders } from './decoders.ts';
import type { Proof } from './member-format.ts';
import type { DecompressLimits, StoredFault } from './report.ts';

/** What comes out of one member, held back while it may still prove wrong, and watched lest it never ends. */
export class MemberOutput {
  readonly #limits: DecompressLimits;
  readonly #decoders: Decoders;
  /** Of the object, before this member. */
  readonly #decodedBytesBefore: number;
  #held: Uint8Array[] = [];
  #length = 0;
  #crc32 = 0;
  #releasedBytes = 0;

  constructor(
    options: { readonly limits: DecompressLimits; readonly decoders: Decoders },
    decodedBytesBefore: number,
  ) {
    this.#limits = options.limits;
    this.#decoders = options.decoders;
    this.#decodedBytesBefore = decodedBytesBefore;
  }

  get releasedBytes(): number {
    return this.#releasedBytes;
  }

  get proof(): Omit<Proof, 'takenBytes'> {
    return { crc32: this.#crc32, length: this.#length };
  }

  /**
   * @param takenBytes of the member's stream so far
   * @returns why no more should come out of it, if so
   */
  add(piece: Uint8Array, takenBytes: number): StoredFault | null {
    this.#crc32 = this.#decoders.crc32(piece, this.#crc32);
    this.#length += piece.length;
    this.#held.push(piece);
    const { decodedBytesMax, ratioMax, ratioFromBytes } = this.#limits;
    if (this.#decodedBytesBefore + this.#length > decodedBytesMax) return 'object-too-large';
    const isWatched = this.#length > ratioFromBytes;
    return isWatched && this.#length > ratioMax * takenBytes ? 'expands-too-far' : null;
  }

  /** What can no longer be held back: all, once the member is too large for that. */
  release(): Uint8Array[] {
    return this.#length > this.#limits.heldBytesMax ? this.releaseAll() : [];
  }

  releaseAll(): Uint8Array[] {
    const released = this.#held;
    this.#held = [];
    for (const piece of released) this.#releasedBytes += piece.length;
    return released;
  }
}
