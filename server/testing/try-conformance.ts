import { fileURLToPath } from 'node:url';
import { CASES } from '#server/conformance/cases/index.ts';
import type { ClientKind } from '#server/conformance/client-kind.ts';
import { openClients } from '#server/conformance/clients.ts';
import { type KnownDifferences, markKnown, readKnown } from '#server/conformance/known.ts';
import type { Result } from '#server/conformance/result.ts';
import { runCases } from '#server/conformance/run-cases.ts';
import type { ForkedWorld } from '#server/local-aws/testing/fork-world.ts';

const KNOWN = fileURLToPath(new URL('../../docs/conformance/known-ours.json', import.meta.url));

const OF_THE_ACCOUNT =
  /at a call rate of|more than five streams that are CREATING|a sixth while five are CREATING|^GetShardIterator \/ \d+ calls/;

/** Whether a case is of a limit of the whole account: tried in a world of their own, since they would make all others wait. */
export function isOfTheAccount(name: string): boolean {
  return OF_THE_ACCOUNT.test(name);
}

/** The differences of the embedded world that are written down. */
export function readOurDifferences(): Promise<KnownDifferences> {
  return readKnown(KNOWN);
}

/** Tries the cases that are `wanted` by their names; the known differences are marked as such. */
export async function tryConformance(
  world: ForkedWorld,
  client: ClientKind,
  wanted: (name: string) => boolean,
): Promise<Result[]> {
  const clients = openClients(world.endpoints, 'us-east-1', client);
  try {
    const { results } = await runCases(
      CASES.filter(({ name }) => wanted(name)),
      { clients, deadlineSeconds: 60, concurrency: 16 },
    );
    return markKnown(results, await readOurDifferences());
  } finally {
    clients.destroy();
  }
}
