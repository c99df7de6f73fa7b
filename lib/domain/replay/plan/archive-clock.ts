import type { TimeSpan } from './manifest.ts';

/**
 * How long an archive takes at its own speed: the time that its objects cover, and between them no pause longer than
 * the idle gap. Fed object by object, in archive order; those that tell no time take none.
 */
export class ArchiveClock {
  readonly #coverMs: number;
  readonly #idleGapMs: number;
  #playMs = 0;
  #endMs: number | null = null;

  /** @param coverMs an object holds records of as long after its key's time: one buffer interval of whoever wrote it */
  constructor(coverMs: number, idleGapMs: number) {
    this.#coverMs = coverMs;
    this.#idleGapMs = idleGapMs;
  }

  /** Null before any object told a time. */
  get playMs(): number | null {
    return this.#endMs === null ? null : this.#playMs;
  }

  add(times: TimeSpan | null): void {
    if (times === null) return;
    const endMs = times.toMs + this.#coverMs;
    if (this.#endMs === null) {
      this.#playMs = endMs - times.fromMs;
      this.#endMs = endMs;
      return;
    }
    const pauseMs = Math.min(Math.max(0, times.fromMs - this.#endMs), this.#idleGapMs);
    const newMs = Math.max(0, endMs - Math.max(times.fromMs, this.#endMs));
    this.#playMs += pauseMs + newMs;
    this.#endMs = Math.max(this.#endMs, endMs);
  }
}
