/**
 * A process that does nothing but reshard, to be killed at any instant: forked, with KilledWorkerOptions as JSON in its
 * first argument. Says `working` when it does, and ends with its parent.
 */

import { pino } from 'pino';
import { RECONCILE_TIMES } from '#lib/domain/reshard/job/reconcile.ts';
import { openAws } from '#server/aws/open-aws.ts';
import { openDatabase } from '#server/db/client.ts';
import { startReshardExecutor } from '#server/jobs/reshard/start-executor.ts';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';

export type KilledWorkerOptions = {
  readonly databaseUrl: string;
  readonly endpoints: { readonly kinesis: string; readonly cloudwatch: string };
  readonly connection: string;
  /** As ReconcileTimes.settleMs: the world needs a fraction of what AWS does. */
  readonly settleMs: number;
  readonly leaseTtlMs: number;
};

process.on('disconnect', () => process.exit(0));

const options: KilledWorkerOptions = JSON.parse(process.argv[2] ?? '{}');
const connection = embeddedConnectionTo(options.endpoints, options.connection);
startReshardExecutor(
  {
    database: openDatabase(options.databaseUrl, {
      connectionsMax: 6,
      onIdleError: () => undefined,
    }),
    connections: [{ connection, aws: openAws(connection) }],
    log: pino({ level: 'silent' }),
    holder: String(process.pid),
    times: {
      ...RECONCILE_TIMES,
      settleMs: options.settleMs,
      confirmMs: 300,
      backOffMsMin: 50,
    },
    leaseTtlMs: options.leaseTtlMs,
  },
  new AbortController().signal,
);
process.send?.('working');
