import type { Database } from '#server/db/client.ts';
import type { Logger } from '#server/log.ts';
import type { AwsConnections } from './aws-connections.ts';
import type { LiveHub } from './live/live-hub.ts';
import type { TopologyCache } from './streams/topology-cache.ts';

/** What a service works with. Made once a process, by its composition root. */
export type ServiceContext = {
  readonly database: Database;
  readonly topologies: TopologyCache;
  readonly hub: LiveHub;
  /** For what is asked or changed on a person's demand; what is observed comes from the store. */
  readonly aws: AwsConnections;
  readonly log: Logger;
};
