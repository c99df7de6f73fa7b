import type { WorkerHealth } from '#lib/domain/consumers/application-health.ts';
import type { ApplicationView } from './application-view.ts';

/** A consumer as its page shows it; leases, history and events are asked for apart. */
export type ApplicationDetail = ApplicationView & {
  /** Of the newest reading, most leases first; none for kinds without leases. */
  readonly workers: readonly WorkerHealth[];
};
