/**
 * A process that does nothing but replay, to be killed at any instant: forked, with KilledWorkerOptions as JSON in its
 * first argument. Says `working` when it does, and ends with its parent. It holds slices by its process id.
 */

import { pino } from 'pino';
import { openAws } from '#server/aws/open-aws.ts';
import { openDatabase } from '#server/db/client.ts';
import { listen } from '#server/db/listen.ts';
import type { ReplayLimits, ReplayTimes } from '#server/jobs/replay/replay-times.ts';
import { startReplayExecutor } from '#server/jobs/replay/start-replay-executor.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';

export type KilledWorkerOptions = {
  readonly databaseUrl: string;
  readonly endpoints: {
    readonly kinesis: string;
    readonly cloudwatch: string;
    readonly s3: string;
  };
  readonly connection: string;
  readonly times?: Partial<ReplayTimes>;
  readonly limits?: Partial<ReplayLimits>;
};

process.on('disconnect', () => process.exit(0));

const options: KilledWorkerOptions = JSON.parse(process.argv[2] ?? '{}');
const connection = embeddedConnectionTo(options.endpoints, options.connection);
const log = pino({ level: process.env['KINETOSCOPE_LOG_LEVEL'] ?? 'silent' });
const executor = startReplayExecutor(
  {
    database: openDatabase(options.databaseUrl, {
      connectionsMax: 10,
      onIdleError: () => undefined,
    }),
    connections: [{ connection, aws: openAws(connection) }],
    log,
    holder: String(process.pid),
    ...(options.times && { times: options.times }),
    ...(options.limits && { limits: options.limits }),
  },
  new AbortController().signal,
);
listen(options.databaseUrl, {
  onNotification: (notification) => executor.onNotification(notification),
  onConnect: () => process.send?.('working'),
  onDisconnect: (error) => log.warn({ error }, 'the database is away; trying again'),
  onMalformed: (payload, error) => log.warn({ payload, error }, 'not a notification of ours'),
});
