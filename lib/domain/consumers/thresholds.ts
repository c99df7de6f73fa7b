/**
 * From when something is a fault. Defaults: reference section 3, from the constants of awslabs/amazon-kinesis-client
 * 3.5.1 (fail-over 10 s, renewed each third of it; shards audited each 2 min, acted on after 3 equal holes).
 */
export type Thresholds = {
  /** An owner is dead when its counter stands for longer than so many of its learned renewals, */
  readonly deadOwnerRenewals: number;
  /** and for this at least: the fail-over time is not in the table. */
  readonly deadOwnerFloorMs: number;
  /** Observations in a row that find a lease without an owner. */
  readonly unassignedPolls: number;
  readonly handoffMs: number;
  readonly missingLeaseMs: number;
  /** A reader has stalled when unread records wait for longer than so many of its learned checkpoint intervals, */
  readonly stallIntervals: number;
  readonly stallFloorMs: number;
  /** What is taken for the interval while none has been learned: the KCL's own examples checkpoint once a minute. */
  readonly checkpointEveryMs: number;
  /** CloudWatch may take so long to tell what arrived. */
  readonly metricDelayMs: number;
  /** A checkpoint stands, and its place is of now, after so many intervals. */
  readonly standingIntervals: number;
  /** Lag grows where its lower bound never fell over this time, */
  readonly growthWindowMs: number;
  /** seen at this many places at least, */
  readonly growthPlaces: number;
  /** and is more than this by now. */
  readonly allowedLagMs: number;
  /** Changes of a lease's owner, within the window, that are too many. */
  readonly churnChanges: number;
  readonly churnWindowMs: number;
  /** A worker that reports of itself (each 30 s) is at work for so long after its last report. */
  readonly workerFreshMs: number;
  /** A worker carries too much at this many times the mean, for this long. */
  readonly skewRatio: number;
  readonly skewMs: number;
  /** Share of retention, 0 .. 1, from which loss is ahead. AWS's advice is one half. */
  readonly lossAheadShare: number;
};

export const THRESHOLDS: Thresholds = {
  deadOwnerRenewals: 3,
  deadOwnerFloorMs: 60_000,
  unassignedPolls: 2,
  handoffMs: 120_000,
  missingLeaseMs: 480_000,
  stallIntervals: 3,
  stallFloorMs: 60_000,
  checkpointEveryMs: 60_000,
  metricDelayMs: 120_000,
  standingIntervals: 2,
  growthWindowMs: 600_000,
  growthPlaces: 4,
  allowedLagMs: 60_000,
  churnChanges: 4,
  churnWindowMs: 3_600_000,
  workerFreshMs: 120_000,
  skewRatio: 1.5,
  skewMs: 600_000,
  lossAheadShare: 0.5,
};

/** Every time `factor` times as long, counts and ratios as they are. For worlds whose time is scaled. */
export function scaleThresholds(thresholds: Thresholds, factor: number): Thresholds {
  return {
    ...thresholds,
    deadOwnerFloorMs: thresholds.deadOwnerFloorMs * factor,
    handoffMs: thresholds.handoffMs * factor,
    missingLeaseMs: thresholds.missingLeaseMs * factor,
    stallFloorMs: thresholds.stallFloorMs * factor,
    checkpointEveryMs: thresholds.checkpointEveryMs * factor,
    metricDelayMs: thresholds.metricDelayMs * factor,
    growthWindowMs: thresholds.growthWindowMs * factor,
    allowedLagMs: thresholds.allowedLagMs * factor,
    churnWindowMs: thresholds.churnWindowMs * factor,
    workerFreshMs: thresholds.workerFreshMs * factor,
    skewMs: thresholds.skewMs * factor,
  };
}
