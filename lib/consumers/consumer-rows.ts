import type { ConsumerKind } from '#lib/domain/consumers/application.ts';
import { type ConsumerStatus, STATUSES_WORST_FIRST } from '#lib/domain/consumers/status.ts';
import { packFloats, unpackFloats } from '#lib/domain/frame.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { base64OfBytes } from '#lib/live/base64-of-bytes.ts';
import { bytesOfBase64 } from '#lib/live/bytes-of-base64.ts';

const NO_STATUS = 255;
const NO_PLACE = -1;

/** How an application is in one cell of the strip: the worst of the shards there, and who works on it. */
export type ConsumerCell = {
  /** null: no lease lies in the cell. */
  readonly status: ConsumerStatus | null;
  /** Seconds; NaN where unknown. */
  readonly atLeastSeconds: number;
  readonly atMostSeconds: number;
  readonly asOfMs: number | null;
  /** The number in the id of the worst shard; null for none. */
  readonly shard: number | null;
  readonly owner: string | null;
};

/** One application along the strip. `cells` run beside those of the rows. */
export type ConsumerRow = {
  readonly applicationId: number;
  readonly kind: ConsumerKind;
  readonly name: string;
  readonly status: ConsumerStatus;
  readonly observedAtMs: number;
  readonly cells: readonly ConsumerCell[];
};

/** The applications of a stream over a window of its ring, on the strip's x axis. */
export type ConsumerRows = {
  readonly streamId: number;
  readonly window: RingWindow;
  /** Cells as shares of the window, side by side, with how many open shards lie in each. */
  readonly cells: readonly (RingPiece & { readonly shardCount: number })[];
  readonly rows: readonly ConsumerRow[];
  /** Consumers that keep no leases: of them no shard can be told. */
  readonly withoutLeases: number;
};

/** The same on the wire: a column for each figure, and each owner named once. */
export type ConsumerRowsView = Omit<ConsumerRows, 'cells' | 'rows'> & {
  /** Millionths of the window. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly shardCounts: readonly number[];
  readonly rows: readonly ConsumerRowView[];
};

type ConsumerRowView = Omit<ConsumerRow, 'cells'> & {
  readonly owners: readonly string[];
  /** Base64 of float32 but `statuses`, which is bytes; NaN for none. `asOf`: seconds before `observedAtMs`. */
  readonly statuses: string;
  readonly atLeast: string;
  readonly atMost: string;
  readonly asOf: string;
  readonly shard: string;
  readonly owner: string;
};

const MILLION = 1_000_000;

export function packConsumerRows(rows: ConsumerRows): ConsumerRowsView {
  const { cells, ...rest } = rows;
  return {
    ...rest,
    starts: cells.map(({ start }) => Math.round(start * MILLION)),
    ends: cells.map(({ end }) => Math.round(end * MILLION)),
    shardCounts: cells.map(({ shardCount }) => shardCount),
    rows: rows.rows.map(packRow),
  };
}

function packRow({ cells, ...row }: ConsumerRow): ConsumerRowView {
  const owners = [...new Set(cells.flatMap(({ owner }) => owner ?? []))];
  const placeOf = new Map(owners.map((owner, i) => [owner, i]));
  const column = (figureOf: (cell: ConsumerCell) => number) =>
    base64OfBytes(packFloats(Float32Array.from(cells, figureOf)));
  return {
    ...row,
    owners,
    statuses: base64OfBytes(
      Uint8Array.from(cells, ({ status }) =>
        status === null ? NO_STATUS : STATUSES_WORST_FIRST.indexOf(status),
      ),
    ),
    atLeast: column((cell) => cell.atLeastSeconds),
    atMost: column((cell) => cell.atMostSeconds),
    asOf: column(({ asOfMs }) =>
      asOfMs === null ? Number.NaN : (row.observedAtMs - asOfMs) / 1_000,
    ),
    shard: column(({ shard }) => shard ?? NO_PLACE),
    owner: column(({ owner }) => (owner === null ? NO_PLACE : (placeOf.get(owner) ?? NO_PLACE))),
  };
}

export function unpackConsumerRows(view: ConsumerRowsView): ConsumerRows {
  const { starts, ends, shardCounts, ...rest } = view;
  return {
    ...rest,
    cells: starts.map((start, i) => ({
      start: start / MILLION,
      end: (ends[i] ?? MILLION) / MILLION,
      shardCount: shardCounts[i] ?? 0,
    })),
    rows: view.rows.map(unpackRow),
  };
}

function unpackRow(view: ConsumerRowView): ConsumerRow {
  const { applicationId, kind, name, status, observedAtMs, owners } = view;
  const statuses = bytesOfBase64(view.statuses);
  const [atLeast, atMost, asOf, shard, owner] = [
    view.atLeast,
    view.atMost,
    view.asOf,
    view.shard,
    view.owner,
  ].map((text) => unpackFloats(bytesOfBase64(text)));
  return {
    applicationId,
    kind,
    name,
    status,
    observedAtMs,
    cells: Array.from(statuses, (code, i) => {
      const ageSeconds = asOf?.[i] ?? Number.NaN;
      const number = shard?.[i] ?? NO_PLACE;
      return {
        status: STATUSES_WORST_FIRST[code] ?? null,
        atLeastSeconds: atLeast?.[i] ?? Number.NaN,
        atMostSeconds: atMost?.[i] ?? Number.NaN,
        asOfMs: Number.isNaN(ageSeconds) ? null : observedAtMs - ageSeconds * 1_000,
        shard: number === NO_PLACE ? null : number,
        owner: owners[owner?.[i] ?? NO_PLACE] ?? null,
      };
    }),
  };
}
