const DAY_MS = 86_400_000;

type CommitmentStatus = 'DISABLED' | 'ENABLED' | 'ENABLED_UNTIL_EARLIEST_ALLOWED_END';

export type CommitmentDescription = {
  readonly status: CommitmentStatus;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** null while nothing has been committed to. */
  readonly earliestAllowedEndMs: number | null;
};

/**
 * On-demand Advantage: an account's commitment to a minimum of throughput. It lasts at least 24 hours;
 * to end it earlier schedules its end, and to enable it again before that cancels the end.
 * Source: API reference, MinimumThroughputBillingCommitmentInput.
 */
export class ThroughputCommitment {
  #startedAtMs: number | null = null;
  #endsAtMs = Number.POSITIVE_INFINITY;

  isEnabledAt(nowMs: number): boolean {
    return this.#startedAtMs !== null && nowMs < this.#endsAtMs;
  }

  enable(nowMs: number): void {
    if (!this.isEnabledAt(nowMs)) {
      this.#startedAtMs = nowMs;
    }
    this.#endsAtMs = Number.POSITIVE_INFINITY;
  }

  disable(nowMs: number): void {
    if (this.#startedAtMs !== null && this.#endsAtMs === Number.POSITIVE_INFINITY) {
      this.#endsAtMs = Math.max(nowMs, this.#startedAtMs + DAY_MS);
    }
  }

  describeAt(nowMs: number): CommitmentDescription {
    const isEnabled = this.isEnabledAt(nowMs);
    const isEnding = this.#endsAtMs !== Number.POSITIVE_INFINITY;
    return {
      status: isEnabled
        ? isEnding
          ? 'ENABLED_UNTIL_EARLIEST_ALLOWED_END'
          : 'ENABLED'
        : 'DISABLED',
      startedAtMs: this.#startedAtMs,
      endedAtMs: this.#startedAtMs !== null && !isEnabled ? this.#endsAtMs : null,
      earliestAllowedEndMs:
        isEnabled && this.#startedAtMs !== null ? this.#startedAtMs + DAY_MS : null,
    };
  }
}
