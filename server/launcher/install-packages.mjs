/**
 * Keeps node_modules equal to package-lock.json. The usual case, nothing to do, costs one hash of the
 * lock file and one small read.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { FORWARDED_SIGNALS } from './forwarded-signals.mjs';

const STAMP = join('node_modules', '.kinetoscope-lock');

/**
 * Installs the packages if they are missing or do not match the lock.
 *
 * @param {string} root folder of package-lock.json
 * @throws {Error} with what to do, when npm is missing or fails
 */
export async function installPackages(root) {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const lockHash = createHash('sha256').update(lockText).digest('hex');
  if (readOrEmpty(join(root, STAMP)).trim() === lockHash) return;

  // Someone who ran `npm ci` or `npm install` by hand has what we want already: npm leaves its own record.
  const hiddenText = readOrEmpty(join(root, 'node_modules', '.package-lock.json'));
  if (hiddenText === '' || !installedMatchesLock(lockText, hiddenText)) {
    process.stdout.write('Installing packages (npm ci) ...\n');
    const startedAtMs = Date.now();
    await runNpmCi(root);
    const seconds = ((Date.now() - startedAtMs) / 1000).toFixed(0);
    process.stdout.write(`Packages installed in ${seconds} s.\n`);
  }
  writeFileSync(join(root, STAMP), `${lockHash}\n`);
}

/**
 * Whether npm's record of what lies in node_modules fits the lock: every package that this platform
 * must have is there, in the locked version, and nothing else is.
 *
 * @param {string} lockText package-lock.json
 * @param {string} hiddenText node_modules/.package-lock.json
 */
export function installedMatchesLock(lockText, hiddenText) {
  const locked = parsePackages(lockText);
  const installed = parsePackages(hiddenText);
  if (locked === undefined || installed === undefined) return false;
  for (const [path, entry] of Object.entries(installed)) {
    const wanted = locked[path];
    if (wanted === undefined) return false;
    if (wanted.version !== entry.version || wanted.integrity !== entry.integrity) return false;
  }
  return Object.entries(locked).every(
    ([path, entry]) =>
      path === '' ||
      path in installed ||
      // Optional ones may belong to another platform; the few this machine needs fail loudly when used.
      entry.optional === true ||
      entry.devOptional === true ||
      entry.peer === true,
  );
}

/** @param {string} text */
function parsePackages(text) {
  try {
    return JSON.parse(text).packages;
  } catch {
    // npm was interrupted while it wrote: the same as nothing installed.
    return undefined;
  }
}

/** @param {string} root */
async function runNpmCi(root) {
  // NODE_ENV=production in the environment would leave out what the build and the types need.
  const args = [
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  const { status, signal, error } = await runNpm(root, args);
  if (error !== undefined) {
    throw new Error(
      `npm could not be run (${error.message}).\n` +
        'Install npm, or run `npm ci` in this folder by another way, and start again.',
    );
  }
  if (status !== 0) {
    const how = signal === null ? `exit code ${status}` : `signal ${signal}`;
    throw new Error(
      `npm ci failed (${how}); what it said is above.\n` +
        'Usual causes: no way to the npm registry (proxy, VPN), a full disk, or files in node_modules that belong to another user.',
    );
  }
}

/**
 * The npm that started us, else the one of PATH. A signal to us goes on to it, and we wait for its end: it must not go
 * on writing when nobody waits any more.
 *
 * @param {string} root
 * @param {string[]} args
 * @returns {Promise<{ status: number | null, signal: string | null, error?: Error }>}
 */
async function runNpm(root, args) {
  const npmScript = process.env.npm_execpath;
  const options = { cwd: root, stdio: 'inherit' };
  const windows = process.platform === 'win32';
  const child =
    npmScript !== undefined && /npm-cli\.c?js$/.test(npmScript)
      ? spawn(process.execPath, [npmScript, ...args], options)
      : spawn(windows ? 'npm.cmd' : 'npm', args, { ...options, shell: windows });
  const forward = (signal) => child.kill(signal);
  for (const signal of FORWARDED_SIGNALS) process.on(signal, forward);
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve({ status: null, signal: null, error }));
      child.once('exit', (status, signal) => resolve({ status, signal }));
    });
  } finally {
    for (const signal of FORWARDED_SIGNALS) process.off(signal, forward);
  }
}

/** @param {string} path */
function readOrEmpty(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return '';
    throw error;
  }
}
