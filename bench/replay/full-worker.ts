import type { WorldEndpoints } from '#server/local-aws/environment.ts';
import { WORKER_FLAGS } from '#server/worker/worker-flags.ts';
import { type ForkedBench, forkBench } from './forked.ts';
import { CONNECTION } from './replay-settings.ts';
import type { Rig } from './rig.ts';
import type { WorkerUse } from './worker-use.ts';

export type FullWorkerOptions = {
  readonly databaseUrl: string;
  readonly endpoints: WorldEndpoints;
  readonly connection: string;
};

/** Starts a worker as the product runs it; it ends with the rig. */
export async function startFullWorker(
  rig: Rig,
  endpoints: WorldEndpoints = rig.endpoints,
): Promise<ForkedBench> {
  const { databaseUrl } = rig;
  const options: FullWorkerOptions = { databaseUrl, endpoints, connection: CONNECTION };
  const worker = forkBench('replay-full-worker.ts', options, WORKER_FLAGS);
  rig.onClose(worker.stop);
  await worker.next<'working'>();
  return worker;
}

export async function askUse(worker: ForkedBench): Promise<WorkerUse> {
  worker.child.send('use');
  return worker.next<WorkerUse>();
}
