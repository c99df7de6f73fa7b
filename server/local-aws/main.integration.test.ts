import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';

const FREE_PORTS = ['--port=0', '--dynamodb-port=0', '--s3-port=0', '--admin-port=0'];

let child: ChildProcess | null = null;

afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
});

/** Runs the real process. `supervised` gives it a channel to its parent, as the launcher does. */
function run(args: readonly string[], supervised = false) {
  const started = spawn(process.execPath, ['server/local-aws/main.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', ...(supervised ? ['ipc' as const] : [])],
  });
  child = started;
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    started[name]?.on('data', (chunk: Buffer) => {
      said[name] += chunk.toString();
      started.emit('said');
    });
  }
  return {
    started,
    said,
    exitCode: once(started, 'exit').then(([code]: (number | null)[]) => code),
    /** Resolves when all of the output has been read. */
    closed: once(started, 'close'),
    /** Resolves with the output so far as soon as `pattern` is in it. */
    async says(pattern: RegExp): Promise<string> {
      const signal = AbortSignal.timeout(25_000);
      while (!pattern.test(said.stdout)) {
        await once(started, 'said', { signal });
      }
      return said.stdout;
    },
  };
}

describe('local-aws as a process', () => {
  it('prints the environment that points an SDK at it, and ends on SIGTERM', async () => {
    const process = run(['--scenario=none', ...FREE_PORTS]);
    const said = await process.says(/Ctrl-C/);
    for (const service of [
      'KINESIS',
      'CLOUDWATCH',
      'DYNAMODB',
      'S3',
      'STS',
      'FIREHOSE',
      'LAMBDA',
    ]) {
      expect(said).toMatch(
        new RegExp(`^export AWS_ENDPOINT_URL_${service}=http://127.0.0.1:\\d+$`, 'm'),
      );
    }
    expect(said).toContain('aws kinesis list-streams');
    const sentMs = performance.now();
    process.started.kill('SIGTERM');
    expect(await process.exitCode).toBe(0);
    // Within a second, and what a busy machine adds to it.
    expect(performance.now() - sentMs).toBeLessThan(3_000);
  });

  it('ends when its parent is gone', async () => {
    const process = run(['--scenario=none', ...FREE_PORTS], true);
    await process.says(/Ctrl-C/);
    process.started.disconnect();
    expect(await process.exitCode).toBe(0);
  });

  it('refuses options it does not know', async () => {
    const { said, exitCode, closed } = run(['--nope']);
    expect(await exitCode).toBe(1);
    await closed;
    expect(said.stderr).toMatch(/--nope[\s\S]*--past-minutes/);
  });

  it('says which port is taken, and leaves nothing running', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' ? address?.port : 0;
    for (const [option, service] of [
      ['--port', 'Kinesis and CloudWatch'],
      ['--dynamodb-port', 'DynamoDB'],
      ['--s3-port', 'S3'],
      ['--admin-port', 'The admin port'],
    ]) {
      const ports = FREE_PORTS.filter((one) => !one.startsWith(`${option}=`));
      const { said, exitCode, closed } = run(['--scenario=none', ...ports, `${option}=${port}`]);
      expect(await exitCode).toBe(1);
      await closed;
      expect(said.stderr).toContain(`${service}: port ${port}`);
    }
    taken.close();
  });

  it('explains itself', async () => {
    const { said, exitCode, closed } = run(['--help']);
    expect(await exitCode).toBe(0);
    await closed;
    expect(said.stdout).toContain('--world streams=N,shards=N');
  });
});
