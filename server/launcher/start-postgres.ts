import { openChildLog } from './child-log.ts';
import { armDeadManSwitch, type DeadManSwitch } from './dead-man-switch.ts';
import { type PostgresCluster, preparePostgres } from './postgres.ts';
import { type Supervised, type SupervisionContext, supervise } from './supervise.ts';

/** A PostgreSQL that runs and is kept running. */
export interface RunningPostgres {
  readonly url: string;
  readonly process: Supervised;
  /** Fast shutdown; after `graceMs` by force, which the next start recovers from. */
  stop(graceMs?: number): Promise<void>;
}

const GRACE_MS = 8_000;

/** Starts a prepared cluster under supervision, with a watch that stops it if we die. */
export function runPostgres(
  cluster: PostgresCluster,
  context: SupervisionContext,
): RunningPostgres {
  let armed: DeadManSwitch | undefined;
  const process = supervise(
    {
      ...cluster.spec,
      onStarted(pid) {
        armed?.disarm();
        armed = armDeadManSwitch(pid, cluster.spec.stopSignal);
      },
    },
    context,
  );
  return {
    url: cluster.url,
    process,
    async stop(graceMs = GRACE_MS) {
      await process.stop(graceMs);
      armed?.disarm();
    },
  };
}

/**
 * A PostgreSQL of its own in one call, for tests and tools. The folder stays; whoever made it removes it.
 *
 * @throws {UserError} when this machine cannot run it
 */
export async function startPostgres(options: {
  readonly home: string;
  readonly durable: boolean;
  readonly database: string;
}): Promise<RunningPostgres> {
  const cluster = await preparePostgres(options);
  const running = runPostgres(cluster, {
    log: openChildLog(options.home, 'postgres', 'postgres', () => undefined),
    record: { add: () => undefined, remove: () => undefined },
    say: () => undefined,
  });
  await running.process.whenHealthy;
  return running;
}
