import {
  type ConsumerCell,
  type ConsumerRow,
  type ConsumerRowsView,
  packConsumerRows,
} from '#lib/consumers/consumer-rows.ts';
import { bandRange, lagRank, worstByBand } from '#lib/consumers/worst-by-band.ts';
import { keepsLeases } from '#lib/domain/consumers/application.ts';
import type { LeaseHealth } from '#lib/domain/consumers/application-health.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { mapCells, type RingWindow } from '#lib/domain/ring-map.ts';
import { shardIndexOf } from '#lib/domain/shard.ts';
import {
  readApplicationHealth,
  type StoredHealth,
} from '#server/db/consumers/read-application-health.ts';
import {
  readApplications,
  type StoredApplication,
} from '#server/db/consumers/read-applications.ts';
import { readView, type ViewContext } from '#server/services/streams/read-view.ts';
import { layoutOf } from '#server/services/streams/shape-layout.ts';
import { type ShardPieces, shardPieces } from './shard-pieces.ts';

const EMPTY: ConsumerCell = {
  status: null,
  atLeastSeconds: Number.NaN,
  atMostSeconds: Number.NaN,
  asOfMs: null,
  shard: null,
  owner: null,
};

/** The applications of a stream along its strip: the cells are those of the strip's map of the same window. */
export async function getConsumerRows(args: {
  ctx: ViewContext;
  input: { readonly streamId: number; readonly window: RingWindow };
}): Promise<ConsumerRowsView> {
  const { ctx } = args;
  const { streamId, window } = args.input;
  const { shape } = await readView({ ctx, input: { streamId, at: null, heardMs: null } });
  const [applications, pieces] = await Promise.all([
    readApplications(ctx.database, { streamId }),
    shardPieces(ctx, streamId, shape),
  ]);
  const cells = mapCells(layoutOf(shape).ring, window);
  const span = window.to - window.from;
  const onRing = cells.map(({ start, end }) => ({
    start: window.from + start * span,
    end: window.from + end * span,
  }));
  const withLeases = applications.filter(({ application }) => keepsLeases(application.kind));
  const rows = await Promise.all(
    withLeases.map(async (stored) => {
      const read = await readApplicationHealth(ctx.database, stored.application.id);
      return read === null ? [] : [rowOf(stored, read, onRing, pieces)];
    }),
  );
  return packConsumerRows({
    streamId,
    window,
    cells: cells.map(({ start, end, firstPlace, lastPlace }) => ({
      start,
      end,
      shardCount: lastPlace - firstPlace + 1,
    })),
    rows: rows.flat(),
    withoutLeases: applications.length - withLeases.length,
  });
}

function rowOf(
  { application }: StoredApplication,
  { health, observedAtMs }: StoredHealth,
  bands: readonly RingPiece[],
  pieces: ShardPieces,
): ConsumerRow {
  const { leases } = health;
  const inner = shrink(bands);
  const ranges = leases.map(({ shardId }) => {
    const piece = pieces.get(shardIndexOf(shardId) ?? -1);
    return piece === undefined ? null : bandRange(inner, piece);
  });
  const ranks = leases.map(({ status, lag }) =>
    lagRank(status, lag.kind === 'interval' ? lag.atMostMs / 1_000 : Number.NaN),
  );
  return {
    applicationId: application.id,
    kind: application.kind,
    name: application.name,
    status: health.status,
    observedAtMs,
    cells: Array.from(worstByBand(bands.length, ranges, ranks), (worst) => {
      const lease = leases[worst];
      return lease === undefined ? EMPTY : cellOf(lease);
    }),
  };
}

/** The strip's cells lie on its grid, not on the bounds of shards: what only touches a cell does not lie in it. */
function shrink(bands: readonly RingPiece[]): readonly RingPiece[] {
  return bands.map(({ start, end }) => {
    const edge = (end - start) / 1_000;
    return { start: start + edge, end: end - edge };
  });
}

function cellOf({ shardId, status, lag, owner }: LeaseHealth): ConsumerCell {
  const known = lag.kind === 'interval' ? lag : null;
  return {
    status,
    atLeastSeconds: known === null ? Number.NaN : known.atLeastMs / 1_000,
    atMostSeconds: known === null ? Number.NaN : known.atMostMs / 1_000,
    asOfMs: known?.asOfMs ?? null,
    shard: shardIndexOf(shardId),
    owner,
  };
}
