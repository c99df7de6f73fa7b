import { deleteOldDecisions } from '#server/db/autoscale/decisions.ts';
import {
  deleteGoneApplications,
  deleteOldConsumers,
} from '#server/db/consumers/delete-old-consumers.ts';
import { deleteExpiredFrames } from '#server/db/delete-expired-frames.ts';
import { deleteGoneStreams } from '#server/db/delete-gone-streams.ts';
import { deleteUnusedTopologies } from '#server/db/delete-unused-topologies.ts';
import { deleteOtherTier, findOtherTiers } from '#server/db/other-tiers.ts';
import { deleteOldApiUse } from '#server/db/spending/api-use.ts';
import { deleteOldLedger } from '#server/db/spending/metrics-requested.ts';
import { deleteExpiredWatches } from '#server/db/watched-streams.ts';
import type { Collection } from './collection.ts';

/** A stream that is gone is remembered a week; one of an embedded world that ended, an hour. */
const GONE_KEEP_MS = { chain: 7 * 86_400_000, embedded: 3_600_000 } as const;

/** A month, and some days to look back over its end. */
const LEDGER_KEEP_MS = 35 * 86_400_000;

/** What policies decided is kept for as long as the figures that they decided by. */
const DECISIONS_KEEP_MS = 400 * 86_400_000;

const GONE_STREAMS_PER_TRANSACTION = 5;

/** The past is read back seven days at most: a topology that was replaced before gets no more frames. */
const TOPOLOGY_KEEP_MS = 9 * 86_400_000;

/** Deletes what is kept no longer, in transactions that end in seconds: each holds the lease's row. */
export async function expiryRound(collection: Collection, signal: AbortSignal): Promise<void> {
  const { connection, database, tiers, write } = collection;
  await deleteExpiredWatches(database);
  for (const tier of tiers) {
    await write((tx) => deleteExpiredFrames(tx, connection.name, tier, collection.nowMs()));
  }
  const goneKeepMs = GONE_KEEP_MS[connection.credentials.kind];
  let deleted = GONE_STREAMS_PER_TRANSACTION;
  while (deleted === GONE_STREAMS_PER_TRANSACTION && !signal.aborted) {
    deleted = await write((tx) =>
      deleteGoneStreams(tx, connection.name, goneKeepMs, GONE_STREAMS_PER_TRANSACTION),
    );
  }
  await write((tx) =>
    deleteOldConsumers(tx, connection.name, {
      observationsKeepMs: connection.consumers.observationHours * 3_600_000,
      tiers,
      nowMs: collection.nowMs(),
    }),
  );
  await write((tx) => deleteGoneApplications(tx, connection.name, goneKeepMs));
  await write((tx) => deleteOldLedger(tx, connection.name, collection.nowMs() - LEDGER_KEEP_MS));
  const decidedBeforeMs = collection.nowMs() - DECISIONS_KEEP_MS;
  await write((tx) => deleteOldDecisions(tx, connection.name, decidedBeforeMs));
  await write((tx) => deleteOldApiUse(tx, connection.name));
  const replacedBeforeMs = collection.nowMs() - TOPOLOGY_KEEP_MS;
  await write((tx) => deleteUnusedTopologies(tx, connection.name, replacedBeforeMs));
}

/** Once, at the beginning: what a former configuration with another length of period left behind. */
export async function deleteOtherTiers(collection: Collection): Promise<void> {
  const { connection, database, tiers, write, log } = collection;
  const others = await findOtherTiers(database, connection.name, tiers);
  for (const other of others) await write((tx) => deleteOtherTier(tx, other));
  if (others.length > 0)
    log.info({ count: others.length }, 'figures by former periods are deleted');
}
