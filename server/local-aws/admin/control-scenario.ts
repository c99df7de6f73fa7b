import type { WorkerMode } from '#server/local-aws/scenario/consumer-plan.ts';
import type { ConsumerWorker } from '#server/local-aws/scenario/consumer-worker.ts';
import type { Producer } from '#server/local-aws/scenario/producer.ts';
import type { Scenario } from '#server/local-aws/scenario/scenario.ts';
import { AdminError } from './admin-error.ts';
import type { ControlRequest } from './admin-requests.ts';

const MODE_OF = {
  stall: 'stalled',
  die: 'dead',
  'fall-behind': 'slow',
  recover: 'running',
} as const satisfies Record<string, WorkerMode>;

/** Does what the request asks to producers and consumers. @throws AdminError for a name that is not there. */
export async function controlScenario(scenario: Scenario, request: ControlRequest): Promise<void> {
  switch (request.action) {
    case 'pause-producer':
      producerOf(scenario, request.streamName).isPaused = true;
      return;
    case 'resume-producer':
      producerOf(scenario, request.streamName).isPaused = false;
      return;
    case 'set-rate':
      producerOf(scenario, request.streamName).rate = request.rate;
      return;
    case 'lose-leases': {
      const workers = workersOf(scenario, request.application, undefined);
      for (const worker of workers) {
        worker.audit = 'off';
      }
      await scenario.loseLeases(request.application);
      return;
    }
    default:
      for (const worker of workersOf(scenario, request.application, request.worker)) {
        worker.mode = MODE_OF[request.action];
        if (request.action === 'recover') {
          worker.audit = 'due';
        }
      }
  }
}

function producerOf(scenario: Scenario, streamName: string): Producer {
  const producer = scenario.producers.find((one) => one.streamName === streamName);
  if (producer === undefined) {
    const names = scenario.producers.map((one) => one.streamName).join(', ');
    throw new AdminError(404, `No producer writes to ${streamName}; there are: ${names || 'none'}`);
  }
  return producer;
}

function workersOf(
  scenario: Scenario,
  application: string,
  name: string | undefined,
): readonly ConsumerWorker[] {
  const workers = scenario.workers.filter(
    (worker) =>
      worker.plan.application === application && (name === undefined || worker.name === name),
  );
  if (workers.length === 0) {
    const names = scenario.workers.map((worker) => worker.name).join(', ');
    throw new AdminError(
      404,
      `No worker ${name ?? ''} of ${application}; there are: ${names || 'none'}`,
    );
  }
  return workers;
}
