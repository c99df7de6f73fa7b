import type { BlockFormat } from './block-format.ts';
import type { InputReader } from './input-reader.ts';
import type { DecompressLimits, DecompressReport } from './report.ts';
import { StoredLedger } from './stored-ledger.ts';

/**
 * Decompresses an object of blocks, of which each that was right is given out. A block is never larger in memory than
 * `blockBytesMax`, stored or decoded; none of these formats makes more than 32 bytes of one, so no ratio is watched.
 */
export async function* decompressBlocks(
  input: InputReader,
  formatOf: (input: InputReader) => Promise<BlockFormat>,
  { storedBytes, limits }: { readonly storedBytes: number; readonly limits: DecompressLimits },
): AsyncGenerator<Uint8Array, DecompressReport> {
  const ledger = new StoredLedger(storedBytes);
  try {
    const format = await formatOf(input);
    while ((await input.peek(1)).length > 0) {
      const start = input.position;
      const block = await format.take(input, limits.blockBytesMax);
      const span = { start, end: input.position };
      if (block === 'padding') ledger.addPadding(span);
      else if (typeof block === 'string') return ledger.brokenOff(start, block, 0);
      else if (ledger.decodedBytes + block.length > limits.decodedBytesMax) {
        return ledger.brokenOff(start, 'object-too-large', 0);
      } else {
        ledger.addMember(span);
        ledger.decodedBytes += block.length;
        if (block.length > 0) yield block;
      }
    }
    const end = input.position;
    return format.isWhole === false ? ledger.brokenOff(end, 'truncated', 0) : ledger.whole();
  } finally {
    await input.close();
  }
}
