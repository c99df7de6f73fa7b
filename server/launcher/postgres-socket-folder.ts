import { createHash } from 'node:crypto';
import { chmod, chown, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessOwner } from './postgres-owner.ts';
import { UserError } from './user-error.ts';

/** The kernel's sun_path: 108 bytes with the final zero on Linux, 104 on macOS. */
const SOCKET_PATH_BYTES_MAX = process.platform === 'darwin' ? 103 : 107;
const SOCKET_NAME = '.s.PGSQL.5432';

/**
 * Where the socket of a cluster goes: beside the data, or, where that path is too long for a socket, in the
 * folder for temporary files under a name made from it. The same home always gives the same folder.
 *
 * @example socketFolderFor('/srv/kinetoscope/.state') // '/srv/kinetoscope/.state/socket'
 */
export function socketFolderFor(home: string, temporary: string = tmpdir()): string {
  const beside = join(home, 'socket');
  if (Buffer.byteLength(join(beside, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX) return beside;
  const hash = createHash('sha256').update(home).digest('hex').slice(0, 16);
  return join(temporary, `kinetoscope-${hash}`);
}

/**
 * Makes the folder, for its owner alone. That is the whole access control of the embedded database: a socket has
 * no port, only the owner of the folder can go into it, and so can root, which is who runs web and worker when
 * PostgreSQL runs under a number of its own. Within the folder everyone is trusted: `peer` would keep out
 * nobody else, and it needs account names, which a dedicated number has not.
 *
 * @throws {UserError} when somebody else made the folder first
 */
export async function makeSocketFolder(
  folder: string,
  owner: ProcessOwner | undefined,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  // Not stat: a link that somebody put there must not be followed.
  const found = await lstat(folder);
  const self = process.getuid?.();
  if (!found.isDirectory() || (found.uid !== self && found.uid !== owner?.uid)) {
    throw new UserError(
      `${folder} belongs to somebody else; PostgreSQL needs it for its socket.\n` +
        'Remove it, or set KINETOSCOPE_STATE to a folder with a shorter path.',
    );
  }
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  await chmod(folder, 0o700);
}
