import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { postgresOwner } from './postgres-owner.ts';
import { isReachableBy } from './reachable.ts';
import { UserError } from './user-error.ts';

const SHARED_STATE = '/var/lib/kinetoscope';

/**
 * The folder for the embedded database: the state folder, except when root starts it and PostgreSQL's own number
 * cannot go there (a checkout under /root). Opening /root to everyone would be no answer; then it is a folder of
 * /var/lib, named by the state folder.
 *
 * @throws {UserError} when that folder cannot be made
 */
export async function choosePostgresHome(
  statePath: string,
  shared: string = SHARED_STATE,
): Promise<string> {
  const owner = postgresOwner();
  if (owner === undefined || (await isReachableBy(join(statePath, 'postgres'), owner))) {
    return statePath;
  }
  const hash = createHash('sha256').update(statePath).digest('hex').slice(0, 16);
  const home = join(shared, hash);
  try {
    await mkdir(home, { recursive: true, mode: 0o711 });
  } catch (error) {
    throw new UserError(
      `PostgreSQL does not run as root, its user cannot reach ${statePath}, and ${home} cannot be made ` +
        `(${error instanceof Error ? error.message : String(error)}).\n` +
        'Set KINETOSCOPE_STATE to a folder that all users can reach, for example /srv/kinetoscope.',
    );
  }
  return home;
}
