/**
 * The Node that runs Kinetoscope. It is an npm dependency, so that every machine runs the pinned one;
 * where that binary does not exist or does not run (macOS, musl), the machine's own serves if it is new enough.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** First release that strips types without a flag is 22.18; before it, 22.12 needs the flag that we pass. */
const OLDEST_RUNTIME = [22, 12];
const OLDEST_WITHOUT_FLAG = { 22: 18, 23: 6 };

/**
 * @param {string} root the checkout
 * @returns {{ path: string, flags: string[] }} the binary and the flags that it needs to run TypeScript
 * @throws {Error} when no Node on this machine can run Kinetoscope
 */
export function findRuntime(root) {
  const packaged = packagedRuntime(root);
  if (packaged !== undefined) return { path: packaged, flags: [] };
  if (isNewEnough(process.versions.node)) {
    return { path: process.execPath, flags: typeFlags(process.versions.node) };
  }
  throw new Error(
    `No packaged Node runs on this machine (${process.platform} ${process.arch}), and its own is ${process.version}.\n` +
      `Install Node ${OLDEST_RUNTIME.join('.')} or newer (24 is best) from https://nodejs.org and start again.`,
  );
}

/** @param {string} version such as 24.21.0 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST_RUNTIME[0] || (major === OLDEST_RUNTIME[0] && minor >= OLDEST_RUNTIME[1]);
}

/** @param {string} version such as 22.12.0 */
export function typeFlags(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const without = OLDEST_WITHOUT_FLAG[major];
  return without !== undefined && minor < without ? ['--experimental-strip-types'] : [];
}

/** @param {string} root */
function packagedRuntime(root) {
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const path = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (!existsSync(path)) return undefined;
  // It may be there and not run: the package is built for glibc, and npm does not tell musl apart.
  const probe = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  if (probe.status === 0 && isNewEnough(probe.stdout.trim().slice(1))) return path;
  // npm puts .bin first into PATH: a `node` there that does not run would keep the next start from this very file.
  rmSync(join(root, 'node_modules', '.bin', 'node'), { force: true });
  return undefined;
}
