import type { Wave } from './wave.ts';

/** An application that reads a stream, as many workers under one lease table. */
export type ConsumerPlan = {
  /** Also the name of its lease table. */
  readonly application: string;
  readonly streamName: string;
  readonly workerCount: number;
  /** Pause between two reads of a shard, ms: the library's idleTimeBetweenReads. */
  readonly pollMs: number;
  /** What all workers together manage, records per second. */
  readonly recordsPerSecond: number;
  /** How that changes with time. */
  readonly wave: Wave;
};

/**
 * `running`: as planned. `stalled`: renews its leases, but processes nothing. `slow`: manages
 * `SLOW_SHARE` of what comes. `dead`: does nothing at all, and its leases expire.
 */
export type WorkerMode = 'running' | 'stalled' | 'slow' | 'dead';

/** Share of the plan that a slow worker still manages. */
export const SLOW_SHARE = 0.1;

export function workerName(application: string, index: number): string {
  return `${application}-${index + 1}`;
}
