'use client';

import { useEffect, useReducer, useRef } from 'react';
import { rowsOfFrame } from '#lib/tables/rows-of-frame.ts';

/**
 * Spreads the drawing of many new rows over some frames.
 * @param known places whose rows are known, in the order of drawing
 * @returns those to draw now; the caller is drawn again with the next frame where that is not all
 */
export function useRowsByFrames(known: readonly number[]): ReadonlySet<number> {
  /** What the frame before has drawn. */
  const drawn = useRef<ReadonlySet<number> | null>(null);
  const [, drawAgain] = useReducer((frames: number) => frames + 1, 0);
  const drawing = rowsOfFrame(known, drawn.current);
  useEffect(() => {
    drawn.current = drawing;
    if (drawing.size === known.length) return;
    const frame = requestAnimationFrame(drawAgain);
    return () => cancelAnimationFrame(frame);
  });
  return drawing;
}
