import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openChildLog } from './child-log.ts';
import { openChildRecord } from './child-record.ts';
import { processIdentity } from './process-identity.ts';
import { type ProcessSpec, type Supervised, supervise } from './supervise.ts';

const TIMES = {
  firstHealthPollMs: 10,
  healthPollMs: 20,
  startLimitMs: 10_000,
  unhealthyLimitMs: 200,
};
const isGone = (pid: number) => processIdentity(pid) === undefined;
const soon = { timeout: 15_000, interval: 10 };

describe('supervise', () => {
  let folder: string;
  let said: string[];
  const supervised: Supervised[] = [];

  /** Keeps a Node script alive that says it is up by a file of its pid. */
  const keep = (script: string, spec: Partial<ProcessSpec> = {}): Supervised => {
    const upFile = `require('fs').writeFileSync(process.pid + '.up', '');`;
    const process_ = supervise(
      {
        name: 'child',
        command: process.execPath,
        args: ['-e', `${script}; ${upFile}`],
        cwd: folder,
        env: process.env,
        followsParent: true,
        stopSignal: 'SIGTERM',
        isHealthy: async () => existsSync(join(folder, `${process_.pid()}.up`)),
        ...spec,
      },
      {
        log: openChildLog(folder, 'child', 'pino', (line) => said.push(line)),
        record: openChildRecord(join(folder, 'children.json')),
        say: (line) => said.push(line),
      },
      TIMES,
    );
    supervised.push(process_);
    return process_;
  };
  const pidOf = (process_: Supervised): number => {
    const pid = process_.pid();
    if (pid === undefined) throw new Error('does not run');
    return pid;
  };
  const FOREVER = 'setInterval(() => {}, 1000)';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinetoscope-supervise-'));
    said = [];
  });
  afterEach(async () => {
    await Promise.all(supervised.splice(0).map((process_) => process_.stop(0)));
    await rm(folder, { recursive: true });
  });

  it('starts a process again that was killed, and says so', async () => {
    const child = keep(FOREVER);
    await child.whenHealthy;
    const first = pidOf(child);
    process.kill(first, 'SIGKILL');
    await vi.waitUntil(() => said.some((line) => line.includes('healthy again')), soon);
    const second = pidOf(child);
    expect(second).not.toBe(first);
    expect(said).toEqual([
      'child ended (signal SIGKILL); starting it again in 0.5 s',
      `child is healthy again (pid ${second})`,
    ]);
    expect(JSON.parse(readFileSync(join(folder, 'children.json'), 'utf8'))).toMatchObject([
      { name: 'child', pid: second },
    ]);
  });

  it('waits longer each time', async () => {
    const child = keep(`setTimeout(() => process.exit(3), 100)`);
    await child.whenHealthy;
    await vi.waitUntil(() => said.some((line) => line.includes('in 1 s')), soon);
    expect(said.filter((line) => line.includes('ended'))).toEqual([
      'child ended (exit code 3); starting it again in 0.5 s',
      'child ended (exit code 3); starting it again in 1 s',
    ]);
  });

  it('gives up a process that never becomes healthy, with its last words', async () => {
    const child = keep(`console.error('no such thing'); process.exit(1)`);
    await expect(child.whenHealthy).rejects.toThrow(
      /child does not start: it ended 3 times \(exit code 1\).*no such thing/s,
    );
    expect(said).toContain('child: no such thing');
  });

  it('gives up a program that does not exist', async () => {
    const child = keep('', { command: join(folder, 'nothing') });
    await expect(child.whenHealthy).rejects.toThrow(/could not be started: .*ENOENT/);
  });

  it('starts a process again that lives but does not work', async () => {
    let works = true;
    const child = keep(FOREVER, { isHealthy: async () => works });
    await child.whenHealthy;
    const first = pidOf(child);
    works = false;
    await vi.waitUntil(() => isGone(first), soon);
    works = true;
    await vi.waitUntil(() => said.some((line) => line.includes('healthy again')), soon);
    expect(said[0]).toBe('child ended (signal SIGKILL); starting it again in 0.5 s');
  });

  it('kills what ignores SIGTERM, with all that it started', async () => {
    const child = keep(
      `process.on('SIGTERM', () => {});
       const { spawn } = require('child_process');
       const inner = spawn(process.execPath, ['-e', "process.on('SIGTERM', () => {}); ${FOREVER}"]);
       require('fs').writeFileSync(inner.pid + '.inner', ''); ${FOREVER}`,
    );
    await child.whenHealthy;
    const outer = pidOf(child);
    const inner = Number(
      readdirSync(folder)
        .find((file) => file.endsWith('.inner'))
        ?.split('.')[0],
    );
    expect(isGone(inner)).toBe(false);
    await child.stop(200);
    expect(isGone(outer)).toBe(true);
    await vi.waitUntil(() => isGone(inner), soon);
    expect(said).toEqual([]);
  });

  it('lets a process end in its own way within the grace', async () => {
    const child = keep(
      `process.on('SIGTERM', () => { require('fs').writeFileSync('farewell', ''); process.exit(0) }); ${FOREVER}`,
    );
    await child.whenHealthy;
    await child.stop(10_000);
    expect(existsSync(join(folder, 'farewell'))).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, 'children.json'), 'utf8'))).toEqual([]);
  });

  it('stops also while it waits for the next try', async () => {
    const child = keep(`setTimeout(() => process.exit(3), 50)`);
    await vi.waitUntil(() => said.some((line) => line.includes('ended')), soon);
    await child.stop(10_000);
    expect(child.pid()).toBeUndefined();
  });
});
