import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isReachableBy } from './reachable.ts';

describe('isReachableBy', () => {
  let folder: string;
  const other = { uid: 60_917, gid: 60_917 };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinetoscope-reach-'));
    await mkdir(join(folder, 'inner'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('goes by every folder on the way', async () => {
    const path = join(folder, 'inner', 'postgres');
    await chmod(folder, 0o711);
    expect(await isReachableBy(path, other)).toBe(true);
    await chmod(folder, 0o700);
    expect(await isReachableBy(path, other)).toBe(false);
    await chmod(folder, 0o711);
    await chmod(join(folder, 'inner'), 0o750);
    expect(await isReachableBy(path, other)).toBe(false);
  });

  it('lets the owner of a folder through', async () => {
    const { uid, gid } = await stat(folder);
    await chmod(folder, 0o700);
    expect(await isReachableBy(join(folder, 'postgres'), { uid, gid })).toBe(true);
  });

  it('does not ask for the last part, which may not exist yet', async () => {
    await chmod(folder, 0o711);
    expect(await isReachableBy(join(folder, 'missing'), other)).toBe(true);
  });
});
