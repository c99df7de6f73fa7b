/**
 * First code that runs, on whatever Node >= 20 the machine has, before anything is installed:
 * therefore plain JavaScript without a dependency. It installs the packages when they do not match
 * the lock, finds the pinned runtime, and hands over to `main.ts <command> [arguments]`.
 *
 *   node server/launcher/bootstrap.mjs <start|test|local-aws|bench|conformance> [arguments]
 */
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { findRuntime } from './find-runtime.mjs';
import { handOver } from './hand-over.mjs';
import { installPackages } from './install-packages.mjs';

const OLDEST_NODE_MAJOR = 20;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

try {
  if (Number(process.versions.node.split('.')[0]) < OLDEST_NODE_MAJOR) {
    throw new Error(
      `Kinetoscope needs Node ${OLDEST_NODE_MAJOR} or newer to start; this is ${process.version}.`,
    );
  }
  await installPackages(root);
  await handOver({
    runtime: findRuntime(root),
    main: join(root, 'server', 'launcher', 'main.ts'),
    args: process.argv.slice(2),
    cwd: root,
  });
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
