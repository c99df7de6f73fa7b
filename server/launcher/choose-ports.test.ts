import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseInnerPorts, chooseWebPort } from './choose-ports.ts';
import { isPortFree, nextFreePort } from './free-port.ts';
import { openPortClaims, type PortClaims } from './port-claims.ts';

const takenAre =
  (...taken: number[]) =>
  async (port: number) =>
    !taken.includes(port);

describe('chooseWebPort', () => {
  it('is 3000, or the next free one', async () => {
    expect(await chooseWebPort(undefined, takenAre())).toBe(3000);
    expect(await chooseWebPort(undefined, takenAre(3000, 3001))).toBe(3002);
  });

  it('is the one asked for, or an error that names it', async () => {
    expect(await chooseWebPort(4321, takenAre(3000))).toBe(4321);
    await expect(chooseWebPort(4321, takenAre(4321))).rejects.toThrow(/^Port 4321 .* taken/);
  });
});

describe('nextFreePort', () => {
  it('passes over what is taken', async () => {
    expect(await nextFreePort(4567, takenAre(4567, 4568, 4570))).toBe(4569);
  });

  it('gives up at the end of the ports', async () => {
    await expect(nextFreePort(65_530, async () => false)).rejects.toThrow(
      'between 65530 and 65535',
    );
  });
});

describe('isPortFree', () => {
  it('sees who listens, on loopback and on all addresses', async () => {
    for (const host of ['127.0.0.1', '0.0.0.0']) {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, host, resolve));
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port');
      expect(await isPortFree(address.port)).toBe(false);
      await new Promise((resolve) => server.close(resolve));
      expect(await isPortFree(address.port)).toBe(true);
    }
  });
});

describe('chooseInnerPorts', () => {
  let folder: string;
  let claims: PortClaims;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinetoscope-ports-'));
    claims = await openPortClaims(join(folder, 'claims'), takenAre());
  });
  afterEach(async () => {
    await claims.release();
    await rm(folder, { recursive: true });
  });

  it('gives five different ports, none of them the web port, and the same again', async () => {
    const file = join(folder, 'ports.json');
    const webPort = await chooseWebPort(4567, claims.claim);
    const first = await chooseInnerPorts(file, claims.claim);
    expect(new Set([webPort, ...Object.values(first)]).size).toBe(6);
    await claims.release();
    expect(await chooseInnerPorts(file, claims.claim)).toEqual(first);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(first);
  });

  it('forgets a damaged record', async () => {
    const file = join(folder, 'ports.json');
    await writeFile(file, '{"kinesis":');
    expect(Object.keys(await chooseInnerPorts(file, claims.claim))).toHaveLength(5);
  });

  it('gives two that start at once ports of their own, before anybody listens', async () => {
    const other = await openPortClaims(join(folder, 'claims'), takenAre());
    const choose = async (name: string, { claim }: PortClaims) => [
      await chooseWebPort(undefined, claim),
      ...Object.values(await chooseInnerPorts(join(folder, name), claim)),
    ];
    try {
      const chosen = await Promise.all([choose('one', claims), choose('two', other)]);
      expect(new Set(chosen.flat()).size).toBe(12);
    } finally {
      await other.release();
    }
  });
});
