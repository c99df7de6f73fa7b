import { z } from 'zod';
import { KEYS_PER_CALL_MAX } from '#lib/key-lookup/key-batch.ts';
import { findKeyHolders } from '#server/services/lineage/find-key-holders.ts';
import { getLineageMap } from '#server/services/lineage/get-lineage-map.ts';
import { getLineageShard } from '#server/services/lineage/get-lineage-shard.ts';
import { placeKeys } from '#server/services/lineage/place-keys.ts';
import { router, viewerProcedure } from './procedures.ts';

const streamId = z.int().positive();
const share = z.number().min(0).max(1);
const instantMs = z.int().min(0).max(8_640_000_000_000_000);
const hashKey = z.string().min(1).max(39);

/** The shards of a stream over time, and which of them hold a key. Partition keys never come here: only their hashes do. */
export const lineageRouter = router({
  map: viewerProcedure
    .input(
      z
        .object({
          streamId,
          fromMs: instantMs.nullable(),
          toMs: instantMs,
          window: z
            .object({ from: share, to: share })
            .refine(({ from, to }) => from < to, 'from lies before to'),
        })
        .refine(({ fromMs, toMs }) => (fromMs ?? 0) < toMs, 'fromMs lies before toMs'),
    )
    .query(({ ctx, input }) => getLineageMap({ ctx, input })),

  shard: viewerProcedure
    .input(z.object({ streamId, shardId: z.string().min(1).max(128) }))
    .query(({ ctx, input }) => getLineageShard({ ctx, input })),

  keyHolders: viewerProcedure
    .input(z.object({ streamId, hashKey }))
    .query(({ ctx, input }) => findKeyHolders({ ctx, input })),

  keyPlaces: viewerProcedure
    .input(z.object({ streamId, hashKeys: z.array(hashKey).min(1).max(KEYS_PER_CALL_MAX) }))
    .query(({ ctx, input }) => placeKeys({ ctx, input })),
});
