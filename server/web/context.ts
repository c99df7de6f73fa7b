import { LOCAL_OPERATOR } from '#server/auth/identity.ts';
import { effectiveConnections } from '#server/config/effective-connections.ts';
import { loadConfig } from '#server/config/load.ts';
import { openDatabase } from '#server/db/client.ts';
import { makeLog } from '#server/log.ts';
import type { RequestContext } from '#server/routers/request-context.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { createLiveHub } from '#server/services/live/live-hub.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { createTopologyCache } from '#server/services/streams/topology-cache.ts';
import { processWide } from './process-wide.ts';
import { shutdownSignal } from './shutdown.ts';
import { readWebEnvironment } from './web-environment.ts';

const CONNECTIONS_MAX = 10;

/** The composition root of the web process: made at the first request, as a build must not need a database. */
export const webServices = processWide('web-services', (): ServiceContext => {
  const environment = readWebEnvironment(process.env);
  const log = makeLog('web', environment.logLevel);
  const database = openDatabase(environment.databaseUrl, {
    connectionsMax: CONNECTIONS_MAX,
    onIdleError: (error) => log.debug({ err: error }, 'an idle database connection broke'),
  });
  const topologies = createTopologyCache();
  const hub = createLiveHub({ database, databaseUrl: environment.databaseUrl, topologies, log });
  const config = loadConfig(process.env, process.cwd());
  const aws = createAwsConnections(effectiveConnections(config, process.env));
  // Not when asked to end: what somebody is changing at that moment is still answered.
  process.once('exit', () => aws.close());
  return { database, topologies, hub, aws, log };
});

/** What one request is served with. */
export function requestContext(): RequestContext {
  return { ...webServices(), identity: LOCAL_OPERATOR, shutdown: shutdownSignal() };
}
