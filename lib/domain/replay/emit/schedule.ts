/** `timed`: at the speed of the original, or at `speed` times it. */
export type Pace =
  | { readonly kind: 'maximum' }
  | { readonly kind: 'timed'; readonly speed: number };

/**
 * When a record is due. A replay that is held up by a cap or by throttles is behind its time and catches up as fast as
 * its caps allow; a new pace counts from where the replay is, not from where it should be.
 */
export class Schedule {
  #pace: Pace;
  #anchor: { readonly playMs: number; readonly atMs: number } | null = null;
  #furthestMs = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** Milliseconds on the clock of `nowMs`; the first record that it is asked about is due at once. */
  dueAtMs(playMs: number, nowMs: number): number {
    if (this.#pace.kind === 'maximum') return Number.NEGATIVE_INFINITY;
    this.#anchor ??= { playMs, atMs: nowMs };
    return this.#anchor.atMs + (playMs - this.#anchor.playMs) / this.#pace.speed;
  }

  sent(playMs: number): void {
    this.#furthestMs = Math.max(this.#furthestMs, playMs);
  }

  /** Also after a pause of the run, with the pace as it was: what was not played then is not caught up with. */
  change(pace: Pace, nowMs: number): void {
    this.#pace = pace;
    this.#anchor = { playMs: this.#furthestMs, atMs: nowMs };
  }
}
