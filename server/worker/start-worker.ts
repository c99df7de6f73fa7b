import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { openAws } from '#server/aws/open-aws.ts';
import { startCollector } from '#server/collector/collector.ts';
import { wait } from '#server/collector/wait.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { listen } from '#server/db/listen.ts';
import { retireConnections } from '#server/db/retire-connections.ts';
import { startAutoscaler } from '#server/jobs/autoscale/start-autoscaler.ts';
import { startPlanner } from '#server/jobs/replay/planning/start-planner.ts';
import { REPLAY_LIMITS } from '#server/jobs/replay/replay-times.ts';
import { startReplayExecutor } from '#server/jobs/replay/start-replay-executor.ts';
import { startReshardExecutor } from '#server/jobs/reshard/start-executor.ts';
import type { Logger } from '#server/log.ts';
import { type HealthServer, startHealthServer } from './health-server.ts';

/** A collector writes by one, renews its lease by another and reads by a third; slices of replays hold one each; the rest is for bursts. */
const DATABASE_CONNECTIONS = { perCollector: 3, more: 7 + REPLAY_LIMITS.slices } as const;

export type Worker = {
  readonly healthPort: number;
  /** Gives the leases back and ends everything. */
  stop(): Promise<void>;
};

/** Composes a worker: a collector for each connection, reshards, replays, policies, notifications, health. Outlives outages of the store and of AWS. */
export async function startWorker(options: {
  readonly databaseUrl: string;
  readonly healthPort: number;
  readonly connections: readonly Connection[];
  readonly log: Logger;
}): Promise<Worker> {
  const { connections, databaseUrl, log } = options;
  const stopping = new AbortController();
  const database = openDatabase(databaseUrl, {
    connectionsMax:
      DATABASE_CONNECTIONS.perCollector * connections.length + DATABASE_CONNECTIONS.more,
    onIdleError: (error) => log.debug({ error }, 'an idle connection to the database broke'),
  });
  const holder = `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`;
  const collectors = connections.map((connection) => {
    const aws = openAws(connection);
    const collector = startCollector(
      {
        connection,
        aws,
        database,
        log: log.child({ connection: connection.name }),
        nowMs: Date.now,
        holder,
      },
      stopping.signal,
    );
    return { connection, aws, collector };
  });
  const resharding = startReshardExecutor(
    { database, connections: collectors, log, holder },
    stopping.signal,
  );
  const autoscaling = startAutoscaler({ database, connections: collectors, log }, stopping.signal);

  const replaying = startReplayExecutor(
    { database, connections: collectors, log, holder },
    stopping.signal,
  );

  const planning = startPlanner(
    { database, connections: collectors, log, holder },
    stopping.signal,
  );

  let retired = false;
  const listener = listen(databaseUrl, {
    onNotification: (notification) => {
      for (const { collector } of collectors) collector.onNotification(notification);
      resharding.onNotification(notification);
      planning.onNotification(notification);
      replaying.onNotification(notification);
      autoscaling.onNotification(notification);
    },
    onConnect: () => {
      log.info('listening for notifications');
      if (retired) return;
      retired = true;
      void retire(database, connections, log, stopping.signal);
    },
    onDisconnect: (error) => log.warn({ error }, 'the database is away; trying again'),
    onMalformed: (payload, error) => log.warn({ payload, error }, 'not a notification of ours'),
  });

  const health: HealthServer = await startHealthServer(options.healthPort, () => ({
    process: 'worker',
    collectors: collectors.map(({ collector }) => collector.state()),
  }));
  log.info({ port: health.port, connections: connections.map((c) => c.name) }, 'worker started');

  return {
    healthPort: health.port,
    async stop() {
      stopping.abort();
      await Promise.all([
        ...collectors.map(({ collector }) => collector.done),
        resharding.done,
        planning.done,
        replaying.done,
        autoscaling.done,
      ]);
      for (const { aws } of collectors) aws.close();
      await Promise.allSettled([listener.close(), health.close(), database.close()]);
    },
  };
}

/** A worker that still runs has renewed its lease by then. */
const AFTER_LEASE_MS = 250;

/**
 * Once a start: connections of a former configuration must not be shown as present. The lease of a worker that
 * was killed a moment ago still runs, so those whose lease is held are looked at once more when it has run out.
 */
async function retire(
  database: Database,
  connections: readonly Connection[],
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  const names = connections.map((connection) => connection.name);
  try {
    const { heldForMs } = await retireAndTell();
    if (heldForMs === 0) return;
    await wait(heldForMs + AFTER_LEASE_MS, signal);
    if (!signal.aborted) await retireAndTell();
  } catch (error) {
    log.warn({ error }, 'former connections could not be retired');
  }

  async function retireAndTell() {
    const outcome = await retireConnections(database, names);
    if (outcome.retired.length > 0) {
      log.info({ connections: outcome.retired }, 'no longer configured');
    }
    return outcome;
  }
}
