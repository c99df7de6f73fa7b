/**
 * A worker as the product runs it, on one connection, with all that it observes and does: forked, with FullWorkerOptions
 * as JSON in its first argument. Sends `working` first, and WorkerUse for each message that it gets.
 */
import { pino } from 'pino';
import { embeddedConnectionTo } from '#server/testing/embedded-connection.ts';
import { startWorker } from '#server/worker/start-worker.ts';
import type { FullWorkerOptions } from './replay/full-worker.ts';
import { ownUse } from './replay/worker-use.ts';

process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send?.(ownUse()));
const options = JSON.parse(process.argv[2] ?? '{}') as FullWorkerOptions;
await startWorker({
  databaseUrl: options.databaseUrl,
  healthPort: 0,
  connections: [embeddedConnectionTo(options.endpoints, options.connection)],
  log: pino({ level: 'silent' }),
});
process.send?.('working');
