import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { nextFreePort } from './free-port.ts';
import { UserError } from './user-error.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

const WEB_PORT_DEFAULT = 3000;

/** Ports of the inner processes, remembered so that an SDK pointed at them still fits after a restart. */
const innerPorts = z.object({
  kinesis: z.int().min(1).max(65_535),
  dynamodb: z.int().min(1).max(65_535),
  s3: z.int().min(1).max(65_535),
  admin: z.int().min(1).max(65_535),
  worker: z.int().min(1).max(65_535),
});
export type InnerPorts = z.infer<typeof innerPorts>;

const INNER_DEFAULTS: InnerPorts = {
  kinesis: 4567,
  dynamodb: 4568,
  s3: 4569,
  admin: 4570,
  worker: 4571,
};

/** Whether a port is ours now (port-claims.ts). */
type Claim = (port: number) => Promise<boolean>;

/**
 * The port of the pages: the one asked for, or 3000, or the next one to be had.
 *
 * @throws {UserError} when the port that was asked for is taken
 */
export async function chooseWebPort(asked: number | undefined, claim: Claim): Promise<number> {
  if (asked === undefined) return nextFreePort(WEB_PORT_DEFAULT, claim);
  if (await claim(asked)) return asked;
  throw new UserError(
    `Port ${asked} of 127.0.0.1 is taken (or not allowed), and it was asked for by --port or PORT.\n` +
      'Stop what listens there, ask for another port, or leave the option out to get the next free one.',
  );
}

/** Ports for the inner processes: the remembered ones where they are still to be had, else the next ones. */
export async function chooseInnerPorts(file: string, claim: Claim): Promise<InnerPorts> {
  const wanted = (await readRemembered(file)) ?? INNER_DEFAULTS;
  const chosen: InnerPorts = {
    kinesis: await nextFreePort(wanted.kinesis, claim),
    dynamodb: await nextFreePort(wanted.dynamodb, claim),
    s3: await nextFreePort(wanted.s3, claim),
    admin: await nextFreePort(wanted.admin, claim),
    worker: await nextFreePort(wanted.worker, claim),
  };
  await writeFileAtomically(file, `${JSON.stringify(chosen)}\n`);
  return chosen;
}

async function readRemembered(file: string): Promise<InnerPorts | undefined> {
  try {
    return innerPorts.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Missing or damaged: only a preference is lost, the defaults serve.
    return undefined;
  }
}
