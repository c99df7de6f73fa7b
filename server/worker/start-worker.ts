import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { openAws } from '#server/aws/open-aws.ts';
import { startCollector } from '#server/collector/collector.ts';
import type { Connection } from '#server/config/config.ts';
import { type Database, openDatabase } from '#server/db/client.ts';
import { listen } from '#server/db/listen.ts';
import { retireConnections } from '#server/db/retire-connections.ts';
import type { Logger } from '#server/log.ts';
import { type HealthServer, startHealthServer } from './health-server.ts';

/** Each collector holds one for its rounds and one for its lease at times; the rest is for bursts. */
const DATABASE_CONNECTIONS_MAX = 10;

export type Worker = {
  readonly healthPort: number;
  /** Gives the leases back and ends everything. */
  stop(): Promise<void>;
};

/** Composes a worker: a collector for each connection, notifications, health. Outlives outages of the store and of AWS. */
export async function startWorker(options: {
  readonly databaseUrl: string;
  readonly healthPort: number;
  readonly connections: readonly Connection[];
  readonly log: Logger;
}): Promise<Worker> {
  const { connections, databaseUrl, log } = options;
  const stopping = new AbortController();
  const database = openDatabase(databaseUrl, {
    connectionsMax: DATABASE_CONNECTIONS_MAX,
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
    return { aws, collector };
  });

  let retired = false;
  const listener = listen(databaseUrl, {
    onNotification: (notification) => {
      for (const { collector } of collectors) collector.onNotification(notification);
    },
    onConnect: () => {
      log.info('listening for notifications');
      if (retired) return;
      retired = true;
      retire(database, connections, log);
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
      await Promise.all(collectors.map(({ collector }) => collector.done));
      for (const { aws } of collectors) aws.close();
      await Promise.allSettled([listener.close(), health.close(), database.close()]);
    },
  };
}

/** Once a start: connections of a former configuration must not be shown as present. */
function retire(database: Database, connections: readonly Connection[], log: Logger): void {
  retireConnections(
    database,
    connections.map((connection) => connection.name),
  ).then(
    (names) => {
      if (names.length > 0) log.info({ connections: names }, 'no longer configured');
    },
    (error: unknown) => log.warn({ error }, 'former connections could not be retired'),
  );
}
