import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { listProcessesOf } from './fixtures/processes-of.ts';
import { expect, test } from './fixtures/test.ts';

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
