import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { UsageError } from '#server/conformance/usage-error.ts';

const START_MS = 30_000;
const POLL_MS = 100;
/** It does not always end on SIGTERM. */
const PATIENCE_MS = 2_000;

export interface KinesisLocal {
  readonly url: string;
  readonly version: string;
  stop(): Promise<void>;
}

/**
 * kinesis-local (https://github.com/etspaceman/kinesis-mock), a development dependency, in a process of its own on
 * loopback. Its faults end with that process.
 *
 * @throws {UsageError} when it is not installed, or does not answer in time
 */
export async function startKinesisLocal(): Promise<KinesisLocal> {
  const main = locate();
  const [tlsPort, plainPort] = [await freePort(), await freePort()];
  const child = fork(main, [], {
    cwd: dirname(main),
    execArgv: ['--import', fileURLToPath(new URL('./loopback-preload.ts', import.meta.url))],
    env: {
      ...process.env,
      KINESIS_MOCK_TLS_PORT: String(tlsPort),
      KINESIS_MOCK_PLAIN_PORT: String(plainPort),
      KINESIS_MOCK_CERT_PATH: join(dirname(main), 'server.json'),
      AWS_REGION: 'us-east-1',
      LOG_LEVEL: 'ERROR',
      // The suite has many streams at a time; the account's limit of 50 is the emulator's own idea.
      SHARD_LIMIT: '1000',
      ON_DEMAND_STREAM_COUNT_LIMIT: '100',
      // Long enough that CREATING and UPDATING can be seen.
      ...durations('300ms'),
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const url = `http://127.0.0.1:${plainPort}`;
  try {
    await untilItAnswers(child, url);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { url, version: await versionOf(main), stop: () => stop(child) };
}

function durations(duration: string): Record<string, string> {
  const changes = [
    'CREATE_STREAM',
    'DELETE_STREAM',
    'REGISTER_STREAM_CONSUMER',
    'DEREGISTER_STREAM_CONSUMER',
    'START_STREAM_ENCRYPTION',
    'STOP_STREAM_ENCRYPTION',
    'MERGE_SHARDS',
    'SPLIT_SHARD',
    'UPDATE_SHARD_COUNT',
    'UPDATE_STREAM_MODE',
  ];
  return Object.fromEntries(changes.map((change) => [`${change}_DURATION`, duration]));
}

function locate(): string {
  try {
    return fileURLToPath(import.meta.resolve('kinesis-local'));
  } catch {
    throw new UsageError(
      'kinesis-local is not installed: it comes with the development packages (npm install).',
    );
  }
}

async function versionOf(main: string): Promise<string> {
  const text = await readFile(join(dirname(main), 'package.json'), 'utf8');
  const description: unknown = JSON.parse(text);
  const hasVersion =
    typeof description === 'object' && description !== null && 'version' in description;
  return hasVersion ? String(description.version) : 'of an unknown version';
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('No free port was given.');
  return address.port;
}

async function untilItAnswers(child: ChildProcess, url: string): Promise<void> {
  const deadlineMs = performance.now() + START_MS;
  while (performance.now() < deadlineMs) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new UsageError(`kinesis-local ended at once (${child.exitCode ?? child.signalCode}).`);
    }
    const answer = await fetch(url, { method: 'POST', signal: AbortSignal.timeout(PATIENCE_MS) })
      .then((response) => response.arrayBuffer())
      // Not listening yet: it is asked again.
      .catch(() => undefined);
    if (answer !== undefined) return;
    await sleep(POLL_MS);
  }
  throw new UsageError(`kinesis-local did not answer within ${START_MS / 1_000} s.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await exited;
  clearTimeout(timer);
}
