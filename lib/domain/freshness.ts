/**
 * How far figures may be trusted as the present. `fresh`: at most two cadences since they were read.
 * `stale`: older, or the last try to read failed; shown with age and cause. `unknown`: never read.
 */
export type Freshness = 'fresh' | 'stale' | 'unknown';

export type CollectionState = {
  /** When the newest figures were read, epoch milliseconds; null where there are none. */
  readonly collectedAtMs: number | null;
  /** Seconds between two readings that this stream is due at present. */
  readonly cadenceSeconds: number;
  /** Why the last try failed, in words for a person; null after a success. */
  readonly failure: CollectionFailure | null;
};

export type CollectionFailure = {
  /** On the clock that `collectedAtMs` is taken from (the database's), epoch milliseconds. */
  readonly sinceMs: number;
  /** What happened, what it means, what to do: one to three sentences. */
  readonly message: string;
  /** The permission that is missing at AWS, as IAM writes it, where that is why. */
  readonly deniedAction?: string;
};

/** `nowMs` must be on the clock that `collectedAtMs` was taken from (the database's). */
export function freshness(state: CollectionState, nowMs: number): Freshness {
  if (state.collectedAtMs === null) {
    return 'unknown';
  }
  if (state.failure !== null) {
    return 'stale';
  }
  return nowMs - state.collectedAtMs <= 2 * state.cadenceSeconds * 1000 ? 'fresh' : 'stale';
}

/**
 * Whether figures were read after the failure began: then something else than their reading fails, such as the
 * listing of shards. (Where their own reading fails, that is the failure of which a stream's state tells.) A
 * cadence is left between the two instants: a reading that was under way when the failure began does not count.
 */
export function wasReadSinceFailure(state: CollectionState): boolean {
  const { collectedAtMs, cadenceSeconds, failure } = state;
  if (failure === null || collectedAtMs === null) return false;
  return collectedAtMs > failure.sinceMs + cadenceSeconds * 1000;
}
