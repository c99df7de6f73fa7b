import type { InputReader } from './input-reader.ts';
import type { StoredFault } from './report.ts';

/** What a block of an object is: what comes out of it, or padding, or why nothing comes out any more. */
export type Block = Uint8Array | 'padding' | StoredFault;

/** How blocks lie in an object one after the other: each is small enough to be held, and is given out as a whole. */
export type BlockFormat = {
  /**
   * Takes the block that comes next; of one that is at fault any part of it.
   * @param bytesMax of a block, as it is stored and as it comes out
   */
  take(input: InputReader, bytesMax: number): Promise<Block>;
  /** After the last block: false where more should have come. */
  readonly isWhole?: boolean;
};
