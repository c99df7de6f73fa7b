import { loadConfig } from '#server/config/load.ts';
import { buildPagesIfStale } from './build-pages.ts';
import { endRecordedChildren, openChildRecord } from './child-record.ts';
import { chooseInnerPorts, chooseWebPort } from './choose-ports.ts';
import { confirmFresh } from './confirm-fresh.ts';
import { takeInstanceLock } from './instance-lock.ts';
import { resolveListenHost } from './listen-host.ts';
import { openPortClaims, type PortClaims } from './port-claims.ts';
import { choosePostgresHome } from './postgres-home.ts';
import { openProcessHouse } from './process-house.ts';
import { projectRoot } from './project-root.ts';
import { say } from './say.ts';
import { parseStartOptions, START_HELP, type StartOptions } from './start-options.ts';
import { type StartPlan, startProcesses } from './start-processes.ts';
import {
  clearStateFolder,
  isStateEmpty,
  openStateFolder,
  type StateFolder,
} from './state-folder.ts';
import { listenForStop, type StopRequest } from './stop-request.ts';

/**
 * `npm start`: builds what is stale, starts everything, keeps it running until somebody asks to stop, and leaves
 * nothing behind.
 *
 * @returns the exit code: 0 after a stop that was asked for
 */
export async function runStart(args: readonly string[]): Promise<number> {
  const options = parseStartOptions(args, process.env);
  if (options.help) {
    say(START_HELP);
    return 0;
  }
  const host = resolveListenHost(process.env);
  const stop = listenForStop();
  const state = await openStateFolder(process.env, projectRoot);
  const ports = await openPortClaims();
  const lock = await takeInstanceLock(state.lockFile);
  try {
    const left = await endRecordedChildren(state.childrenFile);
    if (left.length > 0) say(`Cleaned up after a launcher that was killed: ${left.join(', ')}.`);
    if (options.fresh) await clearState(state, options, stop);
    await runUntilStopped(await makePlan(options, host, state, ports), stop);
    return 0;
  } catch (error) {
    // What was under way when somebody asked to stop fails for that reason.
    if (stop.signal.aborted) return 0;
    throw error;
  } finally {
    await ports.release();
    await lock.release();
  }
}

async function makePlan(
  options: StartOptions,
  host: string,
  state: StateFolder,
  { claim }: PortClaims,
): Promise<StartPlan> {
  const { connections, databaseUrl } = loadConfig(process.env, projectRoot);
  const webPort = await chooseWebPort(options.port, claim);
  const ports = await chooseInnerPorts(state.portsFile, claim);
  return {
    host,
    webPort,
    ports,
    statePath: state.path,
    localAwsState: state.localAws,
    embedded: connections.length === 0,
    connections: connections.map(({ name, region, source }) => `${name}  ${region}  (${source})`),
    databaseUrl: databaseUrl ?? undefined,
    logs: state.logs,
    childrenFile: state.childrenFile,
  };
}

async function runUntilStopped(plan: StartPlan, stop: StopRequest): Promise<void> {
  const house = openProcessHouse(plan.logs, openChildRecord(plan.childrenFile));
  // What one part has under way must not go on when another part has failed.
  const failed = new AbortController();
  const anyStop = AbortSignal.any([stop.signal, failed.signal]);
  try {
    const pagesBuilt = buildPagesIfStale(projectRoot, anyStop);
    say(await startProcesses(plan, house, pagesBuilt, anyStop));
    house.showWarnings();
    await aborted(stop.signal);
  } finally {
    failed.abort();
    if (stop.signal.aborted) say('\nStopping ...');
    await house.stop(stop.forced);
    if (stop.signal.aborted) say('Stopped.');
  }
}

async function clearState(
  state: StateFolder,
  options: StartOptions,
  stop: StopRequest,
): Promise<void> {
  const home = await choosePostgresHome(state.path);
  if (!options.yes && !(await isStateEmpty(state, home))) {
    await confirmFresh(state.path, stop.signal);
  }
  await clearStateFolder(state, home);
  say(`Cleared ${state.path}. A database of your own (DATABASE_URL) is never touched.`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
