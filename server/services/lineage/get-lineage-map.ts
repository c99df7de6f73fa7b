import { type LineageFrame, lineageBands } from '#lib/domain/lineage-bands.ts';
import { lineageMarks } from '#lib/domain/lineage-marks.ts';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { LineageMap } from '#lib/lineage/lineage-map.ts';
import type { ShardState } from '#lib/live/shard-page.ts';
import { readView, type ViewContext } from '#server/services/streams/read-view.ts';
import { type KnownShards, knownShards } from './known-shards.ts';
import { lineageShardView } from './lineage-shard-view.ts';

/** More could not be told apart, and each may be an element of the page. */
const BANDS_MAX = 400;
const MARKS_MAX = 200;
const SPAN_MS_MIN = 60_000;

type LineageInput = {
  readonly streamId: number;
  readonly window: RingWindow;
  /** Epoch milliseconds; null for all that is known. */
  readonly fromMs: number | null;
  readonly toMs: number;
};

/** All shards of a stream that were alive within a span of time, closed and expired ones too, as bands. */
export async function getLineageMap(args: {
  ctx: ViewContext;
  input: LineageInput;
}): Promise<LineageMap> {
  const { streamId, window, toMs } = args.input;
  const { shape } = await readView({ ...args, input: { streamId, at: null, heardMs: null } });
  const known = await knownShards(args.ctx, streamId, shape);
  const oldestCreatedAtMs =
    known.shards.find((each) => each.createdAtMs !== null)?.createdAtMs ?? null;
  // A band of no height tells nothing: a stream that was just made is shown with what led up to it.
  const fromMs = args.input.fromMs ?? Math.min(oldestCreatedAtMs ?? toMs, toMs - SPAN_MS_MIN);
  const frame: LineageFrame = { window, fromMs, toMs };
  const { bands, undatedCount } = lineageBands(known.shards, frame, BANDS_MAX);
  return {
    streamId,
    topologyId: shape.view.topologyId,
    ...frame,
    bands: bands.map((band) => ({
      ...band,
      shard: band.shard === null ? null : lineageShardView(band.shard, known),
    })),
    marks: lineageMarks(known.shards, frame, MARKS_MAX),
    counts: countsOf(known),
    undatedCount,
    oldestCreatedAtMs,
  };
}

function countsOf({ shards }: KnownShards): { [S in ShardState]: number } {
  const counts = { open: 0, closed: 0, expired: 0 };
  for (const { state } of shards) counts[state] += 1;
  return counts;
}
