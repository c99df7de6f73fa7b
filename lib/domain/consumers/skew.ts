import type { ObservedLease } from './observation.ts';
import type { Thresholds } from './thresholds.ts';

/** How an application's work lies over its workers. */
export type Skew = {
  /**
   * KCL 2 gives each worker as many leases as the others; KCL 3 evens out what they read, not how many leases they
   * have, and writes `throughputKBps`.
   */
  readonly by: 'leases' | 'throughput';
  readonly worker: string;
  readonly most: number;
  readonly mean: number;
};

/** Counts that differ by one cannot be made any more even; one more is what a taking in progress leaves. */
const LEASES_APART = 2;

/** Whether one worker carries far more than the mean; null where not, and where fewer than two work. */
export function skewOf(leases: Iterable<ObservedLease>, thresholds: Thresholds): Skew | null {
  const counts = new Map<string, number>();
  const throughputs = new Map<string, number>();
  let saysThroughput = false;
  for (const { owner, checkpoint, throughputKBps } of leases) {
    if (owner === null || checkpoint.kind === 'shard-end') continue;
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
    throughputs.set(owner, (throughputs.get(owner) ?? 0) + (throughputKBps ?? 0));
    if (throughputKBps !== null) saysThroughput = true;
  }
  if (counts.size < 2) return null;
  const by = saysThroughput ? 'throughput' : 'leases';
  const { worker, most, mean } = busiest(saysThroughput ? throughputs : counts);
  const isFar = most > mean * thresholds.skewRatio;
  if (!isFar || (by === 'leases' && most - mean < LEASES_APART)) return null;
  // One lease cannot be shared: a worker that has no more than one carries what its shard brings.
  if (by === 'throughput' && (counts.get(worker) ?? 0) < 2) return null;
  return { by, worker, most, mean };
}

function busiest(loads: ReadonlyMap<string, number>): {
  readonly worker: string;
  readonly most: number;
  readonly mean: number;
} {
  let [worker, most, sum] = ['', -1, 0];
  for (const [name, load] of loads) {
    sum += load;
    if (load > most) [worker, most] = [name, load];
  }
  return { worker, most, mean: sum / loads.size };
}
