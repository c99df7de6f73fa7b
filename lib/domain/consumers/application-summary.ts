import type { ApplicationHealth } from './application-health.ts';
import type { ConsumerStatus } from './status.ts';

/** How an application is, without its leases and workers one by one: what lists show of it. */
export type ApplicationSummary = Omit<ApplicationHealth, 'leases' | 'workers'> & {
  readonly leaseCount: number;
  /** Leases by status; a status that none has is left out. */
  readonly leaseCounts: Partial<Readonly<Record<ConsumerStatus, number>>>;
  readonly workerCount: number;
  /** Those that proved to be alive of late. */
  readonly freshWorkerCount: number;
};

export function applicationSummary(health: ApplicationHealth): ApplicationSummary {
  const { leases, workers, ...rest } = health;
  const leaseCounts: Partial<Record<ConsumerStatus, number>> = {};
  for (const { status } of leases) leaseCounts[status] = (leaseCounts[status] ?? 0) + 1;
  return {
    ...rest,
    leaseCount: leases.length,
    leaseCounts,
    workerCount: workers.length,
    freshWorkerCount: workers.filter(({ fresh }) => fresh).length,
  };
}
