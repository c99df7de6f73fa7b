import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPortClaims } from './port-claims.ts';

const PORT = 4567;
const free = async () => true;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinetoscope-claims-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('openPortClaims', () => {
  it('gives a port once, until it is released', async () => {
    const [one, two] = [await openPortClaims(folder, free), await openPortClaims(folder, free)];
    expect(await one.claim(PORT)).toBe(true);
    expect(await one.claim(PORT)).toBe(false);
    expect(await two.claim(PORT)).toBe(false);
    await one.release();
    expect(await two.claim(PORT)).toBe(true);
    await two.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives no port on which somebody listens', async () => {
    const claims = await openPortClaims(folder, async (port) => port !== PORT);
    expect(await claims.claim(PORT)).toBe(false);
    expect(await claims.claim(PORT + 1)).toBe(true);
  });

  it('takes the port of a launcher that was killed', async () => {
    const killed = { pid: process.pid, identity: 'of a process that had this pid before' };
    await writeFile(join(folder, `${PORT}.lock`), JSON.stringify(killed));
    const claims = await openPortClaims(folder, free);
    expect(await claims.claim(PORT)).toBe(true);
  });

  it('writes nothing where a link of somebody else leads', async () => {
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await symlink(elsewhere, join(folder, 'link'));
    const claims = await openPortClaims(join(folder, 'link'), free);
    expect(await claims.claim(PORT)).toBe(true);
    expect(await claims.claim(PORT)).toBe(false);
    await claims.release();
    expect(await readdir(elsewhere)).toEqual([]);
  });
});
