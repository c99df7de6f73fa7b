import type { Piece, Splitter } from '#lib/domain/replay/transform/split/piece.ts';

/** What a splitter made of a whole object, with the accounts that must balance. */
export type Splitting = {
  readonly pieces: readonly Piece[];
  readonly framingBytes: number;
  readonly trailingBytes: number;
};

export function splitWhole(
  splitter: Splitter,
  chunks: readonly Uint8Array[],
  isWhole = true,
): Splitting {
  const pieces = chunks.flatMap((chunk) => splitter.push(chunk));
  pieces.push(...splitter.end(isWhole));
  const { framingBytes, trailingBytes } = splitter;
  return { pieces, framingBytes, trailingBytes };
}

/** Bytes that the splitting accounts for; pieces that overlap or go back would count twice. */
export function accountedBytes({ pieces, framingBytes, trailingBytes }: Splitting): number {
  const spans = pieces.map(({ start, end }) => end - start);
  return spans.reduce((sum, length) => sum + length, framingBytes + trailingBytes);
}
