import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { removeState, startOwnProduct } from './fixtures/own-product.ts';
import { listProcessesOf } from './fixtures/processes-of.ts';
import { expect, test } from './fixtures/test.ts';

/** An open tab whose server has gone complains of that, be it of a part that it was about to fetch, and of nothing else. */
const SERVER_GONE = /Failed to load resource: net::ERR_|ChunkLoadError/;

test('Ctrl-C stops everything, though a tab is open', async ({ page, troubleGuard }, {
  parallelIndex,
}) => {
  test.setTimeout(120_000);
  troubleGuard.expect(SERVER_GONE);
  const product = await startOwnProduct(parallelIndex);
  try {
    await page.goto(`${product.url}/streams/embedded/tweets`);
    await expect(page.getByRole('banner').getByText(/^live$/)).toBeVisible();
    const names = [...(await product.readPids()).keys()].sort();
    expect(names).toEqual(['local-aws', 'postgres', 'web', 'worker']);
    expect(listProcessesOf(product).length).toBeGreaterThanOrEqual(names.length);

    const askedMs = performance.now();
    process.kill(product.pid, 'SIGINT');
    await expect.poll(() => listProcessesOf(product), { timeout: 20_000 }).toEqual([]);
    // Less than the grace after which the launcher kills: all of them ended by themselves.
    expect(performance.now() - askedMs).toBeLessThan(8_000);
    await expect(page.getByText(/No word from the server/)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: 'tweets' })).toBeVisible();
  } finally {
    // Its exit code; a signal to what has ended already does nothing.
    expect(await product.stop()).toBe(0);
    await removeState(product);
  }
});

test('a port that was asked for and is taken is a clear error', async ({ product }) => {
  const { port } = new URL(product.url);
  const statePath = await mkdtemp(join(tmpdir(), 'kinetoscope-e2e-port-'));
  try {
    const child = spawn(
      process.execPath,
      ['server/launcher/bootstrap.mjs', 'start', '--port', port],
      {
        env: { ...process.env, KINETOSCOPE_STATE: statePath, KINETOSCOPE_CONFIG: '/dev/null' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const [[code], complaint] = await Promise.all([once(child, 'exit'), text(child.stderr)]);
    expect(code).toBe(1);
    expect(complaint).toContain(`Port ${port}`);
    expect(complaint).not.toMatch(/^\s+at /m);
    expect(listProcessesOf({ url: '', statePath })).toEqual([]);
  } finally {
    await rm(statePath, { recursive: true, force: true });
  }
});
