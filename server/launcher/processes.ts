import { WORKER_FLAGS } from '#server/worker/worker-flags.ts';
import type { InnerPorts } from './choose-ports.ts';
import { followParentFlags } from './follow-parent-flags.ts';
import { answersOk } from './http-health.ts';
import { inProject, projectRoot } from './project-root.ts';
import type { ProcessSpec } from './supervise.ts';
import { WORLD_MEMORY } from './world-memory.ts';

/** What the processes of one installation share. */
export interface ProcessSettings {
  readonly host: string;
  readonly webPort: number;
  readonly ports: InnerPorts;
  readonly databaseUrl: string;
  readonly statePath: string;
  readonly localAwsState: string;
  /** False when real connections are configured. */
  readonly embedded: boolean;
}

/** Seconds of one CloudWatch period in the embedded world's `demo` profile. */
const DEMO_PERIOD_SECONDS = 5;

/** What an SDK client has to know of the embedded world. */
function embeddedWorld(ports: InnerPorts) {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  return {
    kinesis: at(ports.kinesis),
    cloudwatch: at(ports.kinesis),
    dynamodb: at(ports.dynamodb),
    s3: at(ports.s3),
    sts: at(ports.kinesis),
    lambda: at(ports.kinesis),
    firehose: at(ports.kinesis),
    admin: at(ports.admin),
    periodSeconds: DEMO_PERIOD_SECONDS,
  };
}

/** The embedded AWS world; it needs no database, so it starts first. */
export function localAwsProcess(
  settings: Pick<ProcessSettings, 'ports' | 'localAwsState' | 'statePath'>,
): ProcessSpec {
  const { ports } = settings;
  return {
    ...nodeProcess('local-aws', [
      ...followParentFlags(),
      inProject('server', 'local-aws', 'main.ts'),
    ]),
    env: {
      ...baseEnv(settings.statePath),
      ...WORLD_MEMORY,
      LOCAL_AWS_PORT: String(ports.kinesis),
      LOCAL_AWS_DYNAMODB_PORT: String(ports.dynamodb),
      LOCAL_AWS_S3_PORT: String(ports.s3),
      LOCAL_AWS_ADMIN_PORT: String(ports.admin),
      LOCAL_AWS_STATE: settings.localAwsState,
    },
    isHealthy: () => answersOk(`http://127.0.0.1:${ports.admin}/health`),
  };
}

/** Collector and durable jobs. */
export function workerProcess(settings: ProcessSettings): ProcessSpec {
  return {
    ...nodeProcess('worker', [...WORKER_FLAGS, inProject('server', 'worker', 'main.ts')]),
    env: clientEnv(settings),
    isHealthy: () => answersOk(`http://127.0.0.1:${settings.ports.worker}/health`),
  };
}

/** Pages and tRPC. */
export function webProcess(settings: ProcessSettings): ProcessSpec {
  const next = inProject('node_modules', 'next', 'dist', 'bin', 'next');
  const listen = ['-H', settings.host, '-p', String(settings.webPort)];
  return {
    ...nodeProcess('web', [...followParentFlags(), next, 'start', ...listen]),
    env: { ...clientEnv(settings), NODE_ENV: 'production' },
    isHealthy: () => answersOk(`http://${settings.host}:${settings.webPort}/api/health`),
  };
}

function nodeProcess(
  name: string,
  args: readonly string[],
): Omit<ProcessSpec, 'env' | 'isHealthy'> {
  return {
    name,
    command: process.execPath,
    // The flags that this Node needed for TypeScript, its children need too.
    args: [...process.execArgv, ...args],
    cwd: projectRoot,
    followsParent: true,
    stopSignal: 'SIGTERM',
  };
}

function baseEnv(statePath: string): NodeJS.ProcessEnv {
  return { ...process.env, KINETOSCOPE_STATE: statePath, NEXT_TELEMETRY_DISABLED: '1' };
}

function clientEnv(settings: ProcessSettings): NodeJS.ProcessEnv {
  const { KINETOSCOPE_EMBEDDED: _inherited, ...env } = baseEnv(settings.statePath);
  return {
    ...env,
    DATABASE_URL: settings.databaseUrl,
    PORT: String(settings.webPort),
    KINETOSCOPE_WORKER_PORT: String(settings.ports.worker),
    ...(settings.embedded
      ? { KINETOSCOPE_EMBEDDED: JSON.stringify(embeddedWorld(settings.ports)) }
      : {}),
  };
}
