import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endRecordedChildren } from './child-record.ts';
import { followParentFlags } from './follow-parent-flags.ts';
import { takeInstanceLock } from './instance-lock.ts';
import { processIdentity } from './process-identity.ts';
import { inProject, projectRoot } from './project-root.ts';

const isGone = (pid: number) => processIdentity(pid) === undefined;
const FOREVER = 'setInterval(() => {}, 1000)';
/** A worker that is stuck: it sees neither the end of its launcher nor a polite signal. */
const STUBBORN = `process.on('SIGTERM', () => {}); ${FOREVER}`;
const follow = JSON.stringify(inProject('server', 'launcher', 'follow-parent.ts'));
/** Calls the follower itself; another has it loaded before it, as the pages do. */
const POLITE = `import(${follow}).then(({ followParent }) => followParent(() => process.exit(0))); ${FOREVER}`;

/** A launcher as small as can be, made from the real parts: lock, record, supervision. */
const launcherScript = (folder: string) => {
  const part = (name: string) => JSON.stringify(inProject('server', 'launcher', name));
  return `
    import { takeInstanceLock } from ${part('instance-lock.ts')};
    import { openChildRecord } from ${part('child-record.ts')};
    import { openChildLog } from ${part('child-log.ts')};
    import { supervise } from ${part('supervise.ts')};
    const folder = ${JSON.stringify(folder)};
    await takeInstanceLock(folder + '/lock');
    const record = openChildRecord(folder + '/children.json');
    const start = (name, script, flags = []) => supervise(
      { name, command: process.execPath, args: [...flags, '-e', script], cwd: folder, env: process.env,
        followsParent: true, stopSignal: 'SIGTERM', isHealthy: async () => true },
      { log: openChildLog(folder, name, 'pino', () => {}), record, say: () => {} });
    const children = [
      start('polite', ${JSON.stringify(POLITE)}),
      start('preloaded', ${JSON.stringify(FOREVER)}, ${JSON.stringify(followParentFlags())}),
      start('stubborn', ${JSON.stringify(STUBBORN)}),
    ];
    await Promise.all(children.map((child) => child.whenHealthy));
    process.stdout.write(JSON.stringify(children.map((child) => child.pid())) + '\\n');`;
};

describe('after kill -9 of the launcher', () => {
  let folder: string;
  let launcher: ChildProcess;
  let polite: number;
  let preloaded: number;
  let stubborn: number;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinetoscope-killed-'));
    const started = spawn(process.execPath, ['--input-type=module', '-e', launcherScript(folder)], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    launcher = started;
    const [line] = await once(createInterface({ input: started.stdout }), 'line');
    [polite, preloaded, stubborn] = JSON.parse(line);
  });
  afterEach(async () => {
    launcher.kill('SIGKILL');
    await endRecordedChildren(join(folder, 'children.json'));
    await rm(folder, { recursive: true });
  });

  const killLauncher = async () => {
    launcher.kill('SIGKILL');
    await once(launcher, 'exit');
  };

  it('keeps a second launcher out while it lives, and not after', async () => {
    const lock = join(folder, 'lock');
    await expect(takeInstanceLock(lock)).rejects.toThrow(
      `already runs with this state folder (pid ${launcher.pid})`,
    );
    await killLauncher();
    const taken = await takeInstanceLock(lock);
    await expect(takeInstanceLock(lock)).rejects.toThrow(`(pid ${process.pid})`);
    await taken.release();
    expect(existsSync(lock)).toBe(false);
  });

  it('ends children by themselves, and those that hang at the next start', async () => {
    await killLauncher();
    const bothGone = () => isGone(polite) && isGone(preloaded);
    await vi.waitUntil(bothGone, { timeout: 4_000, interval: 10 });
    expect(isGone(stubborn)).toBe(false);
    expect(await endRecordedChildren(join(folder, 'children.json'))).toEqual(['stubborn']);
    expect(isGone(stubborn)).toBe(true);
  });

  it('leaves a process alone that was given the pid of a child later', async () => {
    const file = join(folder, 'others.json');
    const record = [
      { name: 'web', pid: stubborn, identity: 'an older start', stopSignal: 'SIGTERM' },
    ];
    await writeFile(file, JSON.stringify(record));
    expect(await endRecordedChildren(file)).toEqual([]);
    expect(isGone(stubborn)).toBe(false);
  });

  it('takes a damaged lock for none', async () => {
    await writeFile(join(folder, 'damaged'), '{"pid":');
    const taken = await takeInstanceLock(join(folder, 'damaged'));
    await taken.release();
  });
});
