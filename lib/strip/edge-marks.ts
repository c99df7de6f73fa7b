import { HASH_KEY_MAX, hashKeyToHex } from '#lib/domain/hash-key.ts';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { rectPath } from './rect-path.ts';
import { keyAt } from './ring-window.ts';

/** A hash key written at the edge of the film, at `fraction` of the window. */
export type EdgeMark = {
  readonly fraction: number;
  /** As many first digits as tell the marks apart, at least 4. */
  readonly text: string;
  /** All 32 digits; at the end of the ring those of its last key. */
  readonly whole: string;
};

/** Marks stand at quarters of the window. */
const QUARTERS = [0, 1, 2, 3, 4] as const;
const DIGITS_MIN = 4;
/** Below this width perforations of 64ths would touch. */
const FINE_WIDTH_MIN = 640;
const HOLE = { width: 4, height: 5 } as const;

export function edgeMarks(window: RingWindow): readonly EdgeMark[] {
  const quarter = (window.to - window.from) / 4;
  const digits = Math.max(DIGITS_MIN, Math.ceil(-Math.log2(quarter) / 4) + 1);
  return QUARTERS.map((i) => {
    const atEnd = i === 4 && window.to >= 1;
    const whole = hashKeyToHex(atEnd ? HASH_KEY_MAX : keyAt(window, i / 4));
    return { fraction: i / 4, text: `${whole.slice(0, digits)}…`, whole };
  });
}

/**
 * Perforations at even parts of the film's edge, as one path.
 * @param width CSS pixels
 * @param height of the edge, CSS pixels
 * @param written leaves out those where a hash key is written
 */
export function edgeHoles(width: number, height: number, written: boolean): string {
  const parts = width >= FINE_WIDTH_MIN ? 64 : 32;
  let path = '';
  for (let i = 0; i <= parts; i += 1) {
    if (written && i % (parts / 4) === 0) continue;
    const x = (i / parts) * width - HOLE.width / 2;
    path += rectPath(x, (height - HOLE.height) / 2, HOLE.width, HOLE.height);
  }
  return path;
}
