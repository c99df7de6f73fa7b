import { mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeSocketFolder, socketFolderFor } from './postgres-socket-folder.ts';

const SUN_PATH_BYTES_MAX = 103;

describe('socketFolderFor', () => {
  it('lies beside the data where that fits into a socket path', () => {
    expect(socketFolderFor('/srv/state', '/tmp')).toBe('/srv/state/socket');
  });

  it('lies in the temporary folder where it does not, always in the same', () => {
    const home = `/srv/${'very-long-name/'.repeat(10)}state`;
    const folder = socketFolderFor(home, '/tmp');
    expect(folder).toMatch(/^\/tmp\/kinetoscope-[0-9a-f]{16}$/);
    expect(socketFolderFor(home, '/tmp')).toBe(folder);
    expect(socketFolderFor(`${home}2`, '/tmp')).not.toBe(folder);
  });

  it('counts bytes, not characters', () => {
    const home = `/${'ü'.repeat(45)}`;
    expect(home.length).toBeLessThan(SUN_PATH_BYTES_MAX - '/socket/.s.PGSQL.5432'.length);
    expect(socketFolderFor(home, '/tmp')).toMatch(/^\/tmp\//);
  });
});

describe('makeSocketFolder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kinetoscope-socket-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('makes it for its owner alone, again and again', async () => {
    const path = join(folder, 'deep', 'socket');
    await makeSocketFolder(path, undefined);
    await makeSocketFolder(path, undefined);
    expect((await stat(path)).mode & 0o777).toBe(0o700);
  });

  it('does not follow a link that somebody put there', async () => {
    const path = join(folder, 'socket');
    await symlink(tmpdir(), path);
    await expect(makeSocketFolder(path, undefined)).rejects.toThrow('belongs to somebody else');
  });
});
