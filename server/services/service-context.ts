import type { Database } from '#server/db/client.ts';
import type { Logger } from '#server/log.ts';
import type { LiveHub } from './live/live-hub.ts';
import type { TopologyCache } from './streams/topology-cache.ts';

/** What a service works with. Made once a process, by its composition root. */
export type ServiceContext = {
  readonly database: Database;
  readonly topologies: TopologyCache;
  readonly hub: LiveHub;
  readonly log: Logger;
};
