import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { isPortFree, nextFreePort } from './free-port.ts';
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

/**
 * The port of the pages: the one asked for, or 3000, or the next free one.
 *
 * @throws {UserError} when the port that was asked for is taken
 */
export async function chooseWebPort(
  asked: number | undefined,
  isFree: (port: number) => Promise<boolean> = isPortFree,
): Promise<number> {
  if (asked === undefined) return nextFreePort(WEB_PORT_DEFAULT, new Set(), isFree);
  if (await isFree(asked)) return asked;
  throw new UserError(
    `Port ${asked} of 127.0.0.1 is taken (or not allowed), and it was asked for by --port or PORT.\n` +
      'Stop what listens there, ask for another port, or leave the option out to get the next free one.',
  );
}

/** Ports for the inner processes: the remembered ones where they are still free, else the next free ones. */
export async function chooseInnerPorts(file: string, webPort: number): Promise<InnerPorts> {
  const wanted = (await readRemembered(file)) ?? INNER_DEFAULTS;
  const reserved = new Set([webPort]);
  const choose = async (first: number): Promise<number> => {
    const port = await nextFreePort(first, reserved);
    reserved.add(port);
    return port;
  };
  const chosen: InnerPorts = {
    kinesis: await choose(wanted.kinesis),
    dynamodb: await choose(wanted.dynamodb),
    s3: await choose(wanted.s3),
    admin: await choose(wanted.admin),
    worker: await choose(wanted.worker),
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
