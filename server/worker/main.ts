import { ConfigError } from '#server/config/config-error.ts';
import { effectiveConnections } from '#server/config/effective-connections.ts';
import { loadConfig } from '#server/config/load.ts';
import { workerEnvironment } from '#server/config/worker-env.ts';
import { followParent } from '#server/launcher/follow-parent.ts';
import { logLevelFrom, makeLog } from '#server/log.ts';
import { startWorker } from './start-worker.ts';

/** A stop that takes longer is cut off: leases run out by themselves, and each write is a transaction. */
const STOP_MS_MAX = 4_000;

const log = makeLog('worker', logLevelFrom(process.env['KINETOSCOPE_LOG_LEVEL']));

try {
  const config = loadConfig(process.env, process.cwd());
  const worker = await startWorker({
    ...workerEnvironment(process.env, config.databaseUrl),
    connections: effectiveConnections(config, process.env),
    log,
  });

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS_MAX).unref();
    worker.stop().then(
      () => log.info('worker stopped'),
      (error: unknown) => {
        log.error({ error }, 'worker did not stop cleanly');
        process.exitCode = 1;
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  followParent(stop);
} catch (error) {
  if (error instanceof ConfigError) log.fatal(error.message);
  else log.fatal({ error }, 'worker cannot start');
  process.exitCode = 1;
}
