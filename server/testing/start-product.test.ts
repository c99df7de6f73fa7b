import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { processIdentity } from '#server/launcher/process-identity.ts';
import { startProduct } from './start-product.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kinetoscope-product-'));
  await mkdir(join(root, 'server', 'launcher'), { recursive: true });
});
afterEach(() => rm(root, { recursive: true }));

/** A checkout whose launcher writes down its pid, and then does what `script` says. */
const launcherDoes = (script: string) =>
  writeFile(
    join(root, 'server', 'launcher', 'bootstrap.mjs'),
    `import { writeFileSync } from 'node:fs';
     writeFileSync('pid', String(process.pid));
     ${script}`,
  );
const isRunning = async () =>
  processIdentity(Number(await readFile(join(root, 'pid'), 'utf8'))) !== undefined;

it('gives the address that the launcher says, and stops it', async () => {
  await launcherDoes(`
    process.on('SIGTERM', () => process.exit(0));
    setInterval(() => {}, 1000);
    console.log('Kinetoscope is ready in 2.8 s:  http://localhost:3977');`);
  const product = await startProduct({ root });
  expect(product.url).toBe('http://localhost:3977');
  expect(await isRunning()).toBe(true);
  expect(await product.stop()).toBe(0);
  expect(await isRunning()).toBe(false);
});

it('leaves nothing running that is not ready in time, and tells what it said', async () => {
  await launcherDoes(`
    setInterval(() => {}, 1000);
    console.log('Building the pages ...');`);
  await expect(startProduct({ root, readyMsMax: 1_500 })).rejects.toThrow(
    'not ready in time:\nBuilding the pages ...',
  );
  expect(await isRunning()).toBe(false);
});

it('tells what a launcher said that ended', async () => {
  await launcherDoes(`
    console.error('Port 3977 is taken');
    process.exitCode = 1;`);
  await expect(startProduct({ root })).rejects.toThrow('exit code 1:\nPort 3977 is taken');
});
