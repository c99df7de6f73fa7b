import { readFile } from 'node:fs/promises';

/** Whom a process runs as. */
export interface ProcessOwner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Started by root, it runs under a number that no account has (Debian, Red Hat
 * and systemd leave 60706..61183 unassigned): `nobody` is shared by other services, who could then read the data.
 */
const DEDICATED: ProcessOwner = { uid: 60_917, gid: 60_917 };

/** Who runs PostgreSQL: undefined means whoever we are, because we are not root. */
export function postgresOwner(): ProcessOwner | undefined {
  return process.getuid?.() === 0 ? DEDICATED : undefined;
}

/**
 * Who runs initdb, which insists on an account with a name: `nobody`. The files change hands afterwards.
 *
 * @returns undefined when the machine has no such account
 */
export async function initdbOwner(): Promise<ProcessOwner | undefined> {
  const accounts = await readFile('/etc/passwd', 'utf8');
  const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(accounts);
  return nobody === null ? undefined : { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}
