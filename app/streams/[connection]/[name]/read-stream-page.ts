import { createLoader, parseAsString } from 'nuqs/server';
import type { StreamPageStart } from '#lib/live/stream-detail.ts';
import type { WatchTarget } from '#lib/live/watch-target.ts';
import { ROWS_PER_ANSWER } from '#lib/shards/rows-wanted.ts';
import { arrangementOf, SHARDS_URL_KEYS, shardsParsers } from '#lib/shards/shards-url.ts';
import { ringParsers } from '#lib/strip/ring-url.ts';
import { windowBetween } from '#lib/strip/ring-window.ts';
import { apiCaller } from '#server/web/caller.ts';

type SearchParams = Record<string, string | string[] | undefined>;

const loadShards = createLoader(shardsParsers, { urlKeys: SHARDS_URL_KEYS });
const loadRing = createLoader({ ...ringParsers, shard: parseAsString });

/**
 * What the first HTML shows of a stream: as its URL wants it, so that the browser asks for nothing that it has.
 * @throws TRPCError NOT_FOUND where no stream bears the name
 */
export async function readStreamPage(
  target: WatchTarget,
  search: SearchParams,
): Promise<StreamPageStart> {
  const { streams } = apiCaller();
  const detail = await streams.detail(target);
  if (detail.topology === null) return { ...detail, ring: null, shards: null };
  const { ringFrom, ringTo, shard } = loadRing(search);
  const view = {
    streamId: detail.row.streamId,
    at: null,
    heardMs: detail.frame?.periodStartMs ?? null,
  };
  const wanted = {
    arrangement: arrangementOf(loadShards(search)),
    offset: 0,
    limit: ROWS_PER_ANSWER,
    chosenShardId: shard,
    aroundChosen: false,
  };
  const [ring, page] = await Promise.all([
    streams.ring({ ...view, window: windowBetween(ringFrom, ringTo), knownTopologyId: null }),
    streams.shards({ ...view, ...wanted }),
  ]);
  return { ...detail, ring, shards: { page, wanted } };
}
