/** How quick the engine is; settable, as tests and kill loops are in more of a hurry. Milliseconds. */
export type ReplayTimes = {
  /** Of slices and of runs: a slice of a worker that was killed waits no longer for the next one. */
  readonly leaseTtlMs: number;
  /** Between the beginnings of two commits of a slice whose order is free, at least: what comes meanwhile shares one. */
  readonly commitEveryMs: number;
  /** How long a worker may use its part of a run's rates before it has to ask again. */
  readonly shareLifeMs: number;
  /** How often what a person changed is looked for, should its notification be lost. */
  readonly lookEveryMs: number;
  readonly claimEveryMs: number;
  /** How often sums are noted, and live traffic is looked at. */
  readonly tickEveryMs: number;
  /** How often AWS is asked about the target. */
  readonly targetEveryMs: number;
  /** Caps that nobody has worked out for so long are none: nothing is sent by them. */
  readonly capsMsMax: number;
};

export const REPLAY_TIMES: ReplayTimes = {
  leaseTtlMs: 6_000,
  commitEveryMs: 60,
  shareLifeMs: 3_000,
  lookEveryMs: 1_000,
  claimEveryMs: 2_000,
  tickEveryMs: 2_000,
  targetEveryMs: 5_000,
  capsMsMax: 30_000,
};

/** How much one worker does at a time; memory grows with it. */
export type ReplayLimits = {
  /** Slices of all runs. */
  readonly slices: number;
  /** Of one run, those that are read; as many again may be on their way out, with nothing left to read. */
  readonly slicesPerRun: number;
  /** Requests of one slice that are written down and not answered; of a run, so many for each slice that is read. */
  readonly requestsPerSlice: number;
};

export const REPLAY_LIMITS: ReplayLimits = { slices: 6, slicesPerRun: 2, requestsPerSlice: 16 };
