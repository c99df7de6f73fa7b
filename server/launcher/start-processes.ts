import { migrate } from '#server/db/migrate.ts';
import { preparePostgres } from './postgres.ts';
import { choosePostgresHome } from './postgres-home.ts';
import type { ProcessHouse } from './process-house.ts';
import { localAwsProcess, type ProcessSettings, webProcess, workerProcess } from './processes.ts';
import { runPostgres } from './start-postgres.ts';
import { formatStartSummary, type RunningProcess, showDatabaseUrl } from './start-summary.ts';
import { type ProcessSpec, type Supervised, supervise } from './supervise.ts';

/** Everything that is decided before the first process starts. */
export interface StartPlan extends Omit<ProcessSettings, 'databaseUrl'> {
  /** A PostgreSQL of the user's own; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** One line each; empty with the embedded world. */
  readonly connections: readonly string[];
  readonly logs: string;
  readonly childrenFile: string;
}

const DATABASE = 'kinetoscope';

/**
 * Starts what the plan says, as much as possible at once:
 *
 *   local-aws ----------------------------------------+
 *   postgres -> migrations -> worker -----------------+--> all healthy
 *                       \-> (pages built) -> web -----+
 *
 * @returns the summary to print, when all are healthy
 * @throws as soon as one of them cannot start, or `stop` is aborted
 */
export async function startProcesses(
  plan: StartPlan,
  house: ProcessHouse,
  pagesBuilt: Promise<unknown>,
  stop: AbortSignal,
): Promise<string> {
  const listening: { process: Supervised; listensOn: string }[] = [];
  const keep = async (spec: ProcessSpec, listensOn: string): Promise<void> => {
    stop.throwIfAborted();
    const process = supervise(spec, house.contextFor(spec.name, 'pino'));
    house.add({ process, stop: (graceMs) => process.stop(graceMs) });
    listening.push({ process, listensOn });
    await process.whenHealthy;
  };
  const startDatabase = async (): Promise<string> => {
    if (plan.databaseUrl !== undefined) return plan.databaseUrl;
    const home = await choosePostgresHome(plan.statePath);
    const cluster = await preparePostgres({ home, durable: true, database: DATABASE });
    stop.throwIfAborted();
    const postgres = runPostgres(cluster, house.contextFor('postgres', 'postgres'));
    house.add(postgres);
    listening.push({ process: postgres.process, listensOn: 'socket' });
    await postgres.process.whenHealthy;
    return postgres.url;
  };
  const startClients = async (): Promise<void> => {
    const databaseUrl = await startDatabase();
    stop.throwIfAborted();
    await migrate(databaseUrl);
    const settings = { ...plan, databaseUrl };
    await Promise.all([
      keep(workerProcess(settings), `port ${plan.ports.worker}`),
      pagesBuilt.then(() => keep(webProcess(settings), `port ${plan.webPort}`)),
    ]);
  };
  const { kinesis, dynamodb, s3, admin } = plan.ports;
  await orStopped(
    Promise.all([
      pagesBuilt,
      plan.embedded
        ? keep(localAwsProcess(plan), `ports ${kinesis}, ${dynamodb}, ${s3}, ${admin}`)
        : undefined,
      startClients(),
    ]),
    stop,
  );
  return formatStartSummary({
    url: `http://${plan.host === '127.0.0.1' ? 'localhost' : plan.host}:${plan.webPort}`,
    seconds: performance.now() / 1000,
    processes: inSummaryOrder(listening),
    database:
      plan.databaseUrl === undefined ? 'embedded PostgreSQL' : showDatabaseUrl(plan.databaseUrl),
    connections: plan.embedded
      ? ['embedded  (AWS world on this machine, nothing leaves it)']
      : plan.connections,
    statePath: plan.statePath,
  });
}

const SUMMARY_ORDER = ['web', 'worker', 'local-aws', 'postgres'];

function inSummaryOrder(
  listening: readonly { process: Supervised; listensOn: string }[],
): RunningProcess[] {
  return SUMMARY_ORDER.flatMap((name) =>
    listening
      .filter(({ process }) => process.name === name)
      .map(({ process, listensOn }) => ({ name, pid: process.pid(), listensOn })),
  );
}

/** Rejects when somebody asks to stop before the work is done. */
async function orStopped(work: Promise<unknown>, stop: AbortSignal): Promise<void> {
  const stopped = Promise.withResolvers<never>();
  const onStop = () => stopped.reject(stop.reason);
  if (stop.aborted) onStop();
  stop.addEventListener('abort', onStop, { once: true });
  try {
    await Promise.race([work, stopped.promise]);
  } finally {
    stop.removeEventListener('abort', onStop);
    // Whoever loses the race may still fail; that is no news any more.
    work.catch(() => undefined);
  }
}
