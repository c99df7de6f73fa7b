/**
 * A process that does nothing but replay, and tells what it has used when it is asked: forked, with KilledWorkerOptions as
 * JSON in its first argument. Sends `working` first, and WorkerUse for each message that it gets.
 */
import { ownUse } from './replay/worker-use.ts';

process.on('message', () => process.send?.(ownUse()));
await import('#server/jobs/replay/testing/killed-worker.ts');
