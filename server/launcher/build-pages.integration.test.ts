import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildPagesIfStale } from './build-pages.ts';
import { processIdentity } from './process-identity.ts';
import { defaultLockFile } from './state-folder.ts';

/** Leaves what the launcher looks for, as `next build` does. */
const NEXT = `
  const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
  appendFileSync('builds', 'built ');
  mkdirSync('.next', { recursive: true });
  writeFileSync('.next/BUILD_ID', String(process.pid));`;

let root: string;
const never = new AbortController().signal;
const write = async (path: string, text: string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};
const buildId = () => readFile(join(root, '.next', 'BUILD_ID'), 'utf8');

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kinetoscope-build-'));
  await write('node_modules/next/dist/bin/next', NEXT);
  await write('app/page.tsx', 'export default 1;');
});
afterEach(() => rm(root, { recursive: true }));

it('builds when something has changed, and only then', async () => {
  expect(await buildPagesIfStale(root, never)).toBeGreaterThan(0);
  const first = await buildId();
  expect(await buildPagesIfStale(root, never)).toBeUndefined();
  expect(await buildId()).toBe(first);
  await write('app/page.tsx', 'export default 2;');
  expect(await buildPagesIfStale(root, never)).toBeGreaterThan(0);
  expect(await buildId()).not.toBe(first);
});

it('builds once, when two ask at the same moment', async () => {
  const seconds = await Promise.all([
    buildPagesIfStale(root, never),
    buildPagesIfStale(root, never),
  ]);
  expect(seconds.filter((one) => one === undefined)).toHaveLength(1);
  expect(await readFile(join(root, 'builds'), 'utf8')).toBe('built ');
});

it('does not wait any longer for another build when it is to stop', async () => {
  const identity = processIdentity(process.pid);
  const lock = JSON.stringify({ pid: process.pid, identity });
  await write('.next/cache/kinetoscope-build.lock', lock);
  const stop = new AbortController();
  const building = buildPagesIfStale(root, stop.signal);
  stop.abort();
  await expect(building).rejects.toThrow('aborted');
});

it('does not replace pages that another launcher serves, unless they are fresh anyway', async () => {
  await buildPagesIfStale(root, never);
  const launcher = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  try {
    const pid = launcher.pid ?? 0;
    const lock = JSON.stringify({ pid, identity: processIdentity(pid) });
    await mkdir(dirname(defaultLockFile(root)));
    await writeFile(defaultLockFile(root), lock);
    expect(await buildPagesIfStale(root, never)).toBeUndefined();
    await write('app/page.tsx', 'export default 2;');
    const served = await buildId();
    await expect(buildPagesIfStale(root, never)).rejects.toThrow(`(pid ${pid})`);
    expect(await buildId()).toBe(served);
  } finally {
    launcher.kill('SIGKILL');
  }
});
