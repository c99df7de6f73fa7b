/** The sums of a replay at one time. Times are epoch milliseconds on the database's clock. */
export type ReplayTickView = {
  readonly atMs: number;
  readonly emitted: number;
  readonly emittedBytes: number;
  readonly throttled: number;
  readonly settled: number;
  readonly storedBytesDone: number;
  readonly archiveMs: number | null;
  /** Bytes a second, of all shards together; null: not known. */
  readonly capBytesPerSecond: number | null;
  readonly liveBytesPerSecond: number | null;
};

/** In order of time, at most 1,000 of them: of a long replay some, the first and the last among them. */
export type ReplayTicks = { readonly readAtMs: number; readonly ticks: readonly ReplayTickView[] };

export type ReplayEventView = {
  readonly id: number;
  readonly atMs: number;
  /** For the code; a `RunEvent`, or what else was noted. */
  readonly kind: string;
  readonly words: string;
  /** Null: nobody did it, it came so. */
  readonly actor: string | null;
};

/** Newest first. `next`: what to ask older ones with; null: there are none. */
export type ReplayEvents = {
  readonly readAtMs: number;
  readonly events: readonly ReplayEventView[];
  readonly next: number | null;
};
