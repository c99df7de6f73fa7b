import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { exportLines, sdkEnvironment } from '#server/local-aws/environment.ts';
import { closeServer, listenOnLoopback } from '#server/local-aws/http/listen.ts';
import { isLoopbackHost } from '#server/local-aws/http/loopback-host.ts';
import { BodyError, readBody } from '#server/local-aws/http/read-body.ts';
import type { World } from '#server/local-aws/world.ts';
import { AdminError } from './admin-error.ts';
import { clockRequest, controlRequest, faultRequest } from './admin-requests.ts';
import { controlScenario } from './control-scenario.ts';
import { ProcessMonitor } from './process-figures.ts';

const BODY_BYTES_MAX = 65_536;

type Answer = { readonly status: number; readonly body: object | string };
type Route = (request: IncomingMessage, url: URL) => Promise<Answer> | Answer;

/**
 * The world's own door, for launchers and tests: health, environment, faults, what producers counted,
 * what applications do. Not a part of AWS.
 */
export async function startAdmin(world: World, port: number) {
  const monitor = new ProcessMonitor();
  const routes = routesOf(world, monitor);
  const server = createServer((request, response) => {
    answer(routes, request)
      .then((result) => send(response, result))
      .catch((error: unknown) => send(response, refusal(error)));
  });
  const listeningPort = await listenOnLoopback(server, port, 'The admin port');
  return {
    port: listeningPort,
    close: () => {
      monitor.stop();
      return closeServer(server);
    },
  };
}

function routesOf(world: World, monitor: ProcessMonitor): Readonly<Record<string, Route>> {
  const { engine, faults, scenario } = world;
  return {
    'GET /health': () => ({
      status: world.isReady ? 200 : 503,
      body: {
        incarnation: world.incarnation,
        startedAt: new Date(world.startedAtMs).toISOString(),
        ready: world.isReady,
      },
    }),
    'GET /env': () => ok(exportLines(sdkEnvironment(world.endpoints, world.options.region))),
    'GET /engine': () =>
      ok({
        ...engine.stats(),
        meterBytes: engine.meter.bytes,
        refusedCalls: world.limiter?.refusedCalls() ?? {},
        now: new Date(engine.nowMs()).toISOString(),
        uploadsWaiting: scenario.uploadsWaiting,
        options: world.options,
        endpoints: world.endpoints,
      }),
    'GET /process': () => ok(monitor.read()),
    'GET /cloudwatch/charged': () => ok(world.till.read()),
    'GET /faults': () => ok({ faults: faults.listFaults() }),
    'POST /faults': async (request) =>
      ok({ fault: faults.addFault(await body(request, faultRequest)) }),
    'DELETE /faults': () => {
      faults.clearFaults();
      return ok({ faults: [] });
    },
    'GET /scenario/producers': (_request, url) =>
      ok({
        periodMs: world.options.metrics.basePeriodMs,
        streams: scenario.ledger.read(Number(url.searchParams.get('fromMs') ?? 0)),
        producers: scenario.producers.map(({ streamName, rate, isPaused, lostRecords }) => ({
          streamName,
          rate,
          isPaused,
          lostRecords,
        })),
      }),
    'GET /scenario/consumers': () =>
      ok({
        workers: scenario.workers.map(({ name, mode, plan, heldShardIds }) => ({
          application: plan.application,
          streamNames: plan.streamNames,
          library: plan.library,
          worker: name,
          mode,
          heldShardIds,
        })),
      }),
    // What applications really know of themselves, which anybody who reckons it from the outside has to match.
    'GET /scenario/lag': () =>
      scenario.inTurn(async () => {
        const nowMs = engine.nowMs();
        const applications = scenario.applications.map(async (application) => ({
          application: application.name,
          leases: await application.truth(nowMs),
        }));
        return ok({ nowMs, applications: await Promise.all(applications) });
      }),
    'POST /scenario/control': async (request) => {
      await controlScenario(scenario, await body(request, controlRequest), engine.nowMs());
      return ok({ done: true });
    },
    'POST /clock': async (request) => {
      const move = await body(request, clockRequest);
      if (!world.clock.isVirtual) {
        throw new AdminError(409, 'This world follows the clock of the machine');
      }
      const nowMs = world.clock.nowMs();
      await world.advanceTo('toMs' in move ? move.toMs : nowMs + move.advanceMs);
      return ok({ nowMs: world.clock.nowMs() });
    },
  };
}

async function answer(
  routes: Readonly<Record<string, Route>>,
  request: IncomingMessage,
): Promise<Answer> {
  if (!isLoopbackHost(request.headers.host)) {
    throw new AdminError(403, 'Only loopback names are served here');
  }
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const route = routes[`${request.method} ${url.pathname}`];
  if (route === undefined) {
    throw new AdminError(404, `No such request; there are:\n${Object.keys(routes).join('\n')}`);
  }
  return route(request, url);
}

async function body<S extends z.ZodType>(request: IncomingMessage, schema: S): Promise<z.infer<S>> {
  const text = (await readBody(request, BODY_BYTES_MAX)).toString('utf8');
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new AdminError(400, z.prettifyError(parsed.error));
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new AdminError(400, `The body is not JSON: ${why}`);
  }
}

function ok(body: object | string): Answer {
  return { status: 200, body };
}

function refusal(error: unknown): Answer {
  if (error instanceof AdminError) {
    return { status: error.status, body: { error: error.message } };
  }
  if (error instanceof BodyError || error instanceof RangeError) {
    return { status: 400, body: { error: error.message } };
  }
  return { status: 500, body: { error: String(error) } };
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const isText = typeof body === 'string';
  response.writeHead(status, {
    'content-type': isText ? 'text/plain; charset=utf-8' : 'application/json',
    'cache-control': 'no-store',
  });
  response.end(isText ? body : JSON.stringify(body));
}
