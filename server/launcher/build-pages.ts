import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildFingerprint } from './build-fingerprint.ts';
import { liveHolder, type ProcessLock, takeProcessLock } from './process-lock.ts';
import { say } from './say.ts';
import { defaultLockFile } from './state-folder.ts';
import { UserError } from './user-error.ts';

const OUTPUT_CHARACTERS_MAX = 20_000;
const LOCK_POLL_MS = 200;

/**
 * Builds the pages if what they are made from has changed since the last build.
 *
 * @returns seconds that the build took; undefined when there was nothing to do
 * @throws {UserError} with the output of the build, when it fails; when another launcher serves the pages that
 * the build would take away
 */
export async function buildPagesIfStale(
  root: string,
  stop: AbortSignal,
): Promise<number | undefined> {
  if (!(await isStale(root))) return undefined;
  const lock = await takeBuildLock(root, stop);
  try {
    // Another launcher may have built them while we waited.
    return (await isStale(root)) ? await buildPages(root, stop) : undefined;
  } finally {
    await lock.release();
  }
}

function stampFile(root: string): string {
  return join(root, '.next', 'kinetoscope-build');
}

async function isStale(root: string): Promise<boolean> {
  const [wanted, built, buildId] = await Promise.all([
    buildFingerprint(root),
    readOrEmpty(stampFile(root)),
    readOrEmpty(join(root, '.next', 'BUILD_ID')),
  ]);
  return built !== wanted || buildId === '';
}

async function buildPages(root: string, stop: AbortSignal): Promise<number> {
  await refuseUnderLauncher(root);
  say('Building the pages ...');
  const startedMs = performance.now();
  const fingerprint = await buildFingerprint(root);
  // From here until it succeeds there is no valid build, also if we are killed.
  await rm(stampFile(root), { force: true });
  await runNextBuild(root, stop);
  await writeFile(stampFile(root), fingerprint);
  const seconds = (performance.now() - startedMs) / 1000;
  say(`Pages built in ${seconds.toFixed(1)} s.`);
  return seconds;
}

/** Waits while another launcher builds: Next refuses to build twice at once. */
async function takeBuildLock(root: string, stop: AbortSignal): Promise<ProcessLock> {
  // In the one folder of .next that a build leaves alone.
  const file = join(root, '.next', 'cache', 'kinetoscope-build.lock');
  await mkdir(dirname(file), { recursive: true });
  for (let isFirst = true; ; isFirst = false) {
    const taken = await takeProcessLock(file);
    if ('release' in taken) return taken;
    if (isFirst) say('Waiting for another launcher, which builds the pages ...');
    await wait(LOCK_POLL_MS, undefined, { signal: stop });
  }
}

/** Only a launcher with the state folder of the checkout is seen: others are of tests, or have chosen for themselves. */
async function refuseUnderLauncher(root: string): Promise<void> {
  const pid = await liveHolder(defaultLockFile(root));
  if (pid === undefined || pid === process.pid) return;
  throw new UserError(
    `The pages have to be built anew, but npm start serves the old ones from this checkout (pid ${pid}).\n` +
      'Stop it first: its pages would be replaced while they are open.',
  );
}

async function runNextBuild(root: string, stop: AbortSignal): Promise<void> {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const child = spawn(process.execPath, [next, 'build'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    signal: stop,
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new UserError(`The pages could not be built:\n\n${output.trim()}`);
}

async function readOrEmpty(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
