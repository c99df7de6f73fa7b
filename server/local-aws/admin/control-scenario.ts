import type { Application } from '#server/local-aws/scenario/kcl/application.ts';
import { planConsumer } from '#server/local-aws/scenario/kcl/consumer-plan.ts';
import type { ConsumerWorker } from '#server/local-aws/scenario/kcl/consumer-worker.ts';
import type { LambdaSwitch } from '#server/local-aws/scenario/lambda-switch.ts';
import type { Producer } from '#server/local-aws/scenario/producer.ts';
import type { Scenario } from '#server/local-aws/scenario/scenario.ts';
import { AdminError } from './admin-error.ts';
import type { ControlRequest } from './admin-requests.ts';

/** Does what the request asks to producers and applications. @throws AdminError for a name that is not there. */
export function controlScenario(
  scenario: Scenario,
  request: ControlRequest,
  nowMs: number,
): Promise<void> {
  return scenario.inTurn(() => control(scenario, request, nowMs));
}

async function control(scenario: Scenario, request: ControlRequest, nowMs: number): Promise<void> {
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
    case 'disable-mapping':
    case 'enable-mapping':
      mappingOf(scenario, request.functionName).isEnabled = request.action === 'enable-mapping';
      return;
    case 'start-application': {
      const { action: _, ...given } = request;
      if (scenario.applications.some(({ name }) => name === given.application)) {
        throw new AdminError(409, `There is an application ${given.application} already`);
      }
      for (const streamName of given.streamNames) {
        if (!(await scenario.canRead(streamName))) {
          throw new AdminError(404, `There is no stream ${streamName} that could be read`);
        }
      }
      await scenario.startApplication(planConsumer(given));
      return;
    }
    default:
      await controlApplication(
        scenario,
        applicationOf(scenario, request.application),
        request,
        nowMs,
      );
  }
}

async function controlApplication(
  scenario: Scenario,
  application: Application,
  request: Exclude<
    ControlRequest,
    { streamName: string } | { streamNames: unknown } | { functionName: string }
  >,
  nowMs: number,
): Promise<void> {
  switch (request.action) {
    case 'stall':
      application.setMode('stalled', workersOf(application, request.worker));
      return;
    case 'zombie':
      application.setMode('zombie', workersOf(application, request.worker));
      return;
    case 'die':
      application.setMode('dead', workersOf(application, request.worker));
      return;
    case 'fall-behind':
      application.setMode('slow', workersOf(application, request.worker));
      return;
    case 'recover':
      await application.recover(workersOf(application, request.worker));
      return;
    case 'lose-leases':
      await application.loseLeases(request.shardIds);
      return;
    case 'unassign':
      await application.unassign(request.shardIds);
      return;
    case 'freeze-handoff':
      if (!(await application.freezeHandover())) {
        throw new AdminError(
          409,
          `${application.name} hands nothing over: that takes version 3 of the library, two workers and a lease with an owner`,
        );
      }
      return;
    case 'churn':
      application.churn();
      return;
    case 'hog': {
      const [hog] = workersOf(application, request.worker);
      if (hog !== undefined) application.hog(hog, request.leases);
      return;
    }
    case 'start-workers':
      scenario.startWorkers(application, request.count);
      return;
    case 'stop-workers':
      application.stopWorkers(request.count);
      return;
    case 'rewind':
      await application.rewind(request.byMs, nowMs, request.shardIds);
      return;
    case 'set-checkpoint':
      await application.setCheckpoint(request.checkpoint, request.shardIds);
      return;
    case 'orphan':
      await application.addOrphan();
      return;
    case 'remove-application':
      await scenario.removeApplication(application);
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

function mappingOf({ lambdas }: Scenario, functionName: string): LambdaSwitch {
  const mapping = lambdas.find(({ actor }) => actor.plan.functionName === functionName)?.actor;
  if (mapping === undefined) {
    const names = lambdas.map(({ actor }) => actor.plan.functionName).join(', ');
    throw new AdminError(404, `No function ${functionName}; there are: ${names || 'none'}`);
  }
  return mapping;
}

function applicationOf(scenario: Scenario, name: string): Application {
  const application = scenario.applications.find((one) => one.name === name);
  if (application === undefined) {
    const names = scenario.applications.map((one) => one.name).join(', ');
    throw new AdminError(404, `No application ${name}; there are: ${names || 'none'}`);
  }
  return application;
}

function workersOf(
  { name: application, workers }: Application,
  name: string | undefined,
): readonly ConsumerWorker[] {
  const found = workers.filter((worker) => name === undefined || worker.name === name);
  if (found.length === 0) {
    const names = workers.map((worker) => worker.name).join(', ');
    throw new AdminError(
      404,
      `No worker ${name ?? ''} of ${application}; there are: ${names || 'none'}`,
    );
  }
  return found;
}
