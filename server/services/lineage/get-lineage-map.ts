import { type LineageFrame, lineageBands } from '#lib/domain/lineage-bands.ts';
import { lineageMarks } from '#lib/domain/lineage-marks.ts';
import type { LineageMap } from '#lib/lineage/lineage-map.ts';
import type { ShardState } from '#lib/live/shard-page.ts';
import { readView, type ViewContext } from '#server/services/streams/read-view.ts';
import { type KnownShards, knownShards } from './known-shards.ts';
import { lineageShardView } from './lineage-shard-view.ts';

/** More could not be told apart, and each may be an element of the page. */
const BANDS_MAX = 400;
const MARKS_MAX = 200;

/** All shards of a stream that were alive within a span of time, closed and expired ones too, as bands. */
export async function getLineageMap(args: {
  ctx: ViewContext;
  input: { readonly streamId: number } & LineageFrame;
}): Promise<LineageMap> {
  const { streamId, window, fromMs, toMs } = args.input;
  const { shape } = await readView({ ...args, input: { streamId, at: null, heardMs: null } });
  const known = await knownShards(args.ctx, streamId, shape);
  const frame = { window, fromMs, toMs };
  const { bands, undatedCount } = lineageBands(known.shards, frame, BANDS_MAX);
  return {
    streamId,
    topologyId: shape.view.topologyId,
    bands: bands.map((band) => ({
      ...band,
      shard: band.shard === null ? null : lineageShardView(band.shard, known),
    })),
    marks: lineageMarks(known.shards, frame, MARKS_MAX),
    counts: countsOf(known),
    undatedCount,
    oldestCreatedAtMs: known.shards.find((each) => each.createdAtMs !== null)?.createdAtMs ?? null,
  };
}

function countsOf({ shards }: KnownShards): { [S in ShardState]: number } {
  const counts = { open: 0, closed: 0, expired: 0 };
  for (const { state } of shards) counts[state] += 1;
  return counts;
}
