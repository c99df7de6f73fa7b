import { pino } from 'pino';
import { type Aws, openAws } from '#server/aws/open-aws.ts';
import type { Connection } from '#server/config/config.ts';
import { openDatabase } from '#server/db/client.ts';
import { createAwsConnections } from '#server/services/aws-connections.ts';
import { runRewind } from '#server/services/rewinds/run-rewind.ts';

/** What this process is to do: carry out a rewind, and stand still after so many leases, until it is killed. */
export type HalfARewind = {
  readonly databaseUrl: string;
  readonly connection: Connection;
  readonly rewindId: number;
  readonly writes: number;
};

const { databaseUrl, connection, rewindId, writes }: HalfARewind = JSON.parse(
  process.argv[2] ?? '{}',
);
let left = writes;

function openStandingStill(of: Connection): Aws {
  const aws = openAws(of, { repeats: false });
  const write: typeof aws.leases.write = async (...args) => {
    left -= 1;
    return left < 0 ? new Promise(() => undefined) : aws.leases.write(...args);
  };
  return { ...aws, leases: { ...aws.leases, write } };
}

const database = openDatabase(databaseUrl, { connectionsMax: 2, onIdleError: () => undefined });
await runRewind({
  ctx: {
    database,
    aws: createAwsConnections([connection], openStandingStill),
    log: pino({ level: 'silent' }),
  },
  input: { connection: connection.name, rewindId, typedName: null },
});
