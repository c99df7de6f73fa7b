import { packFloats, unpackFloats } from '#lib/domain/frame.ts';
import { STREAM_FIGURES, type StreamFigure } from '#lib/domain/stream-figures.ts';
import { SHARD_FIGURES, type ShardFigures } from '#lib/domain/throughput.ts';
import { base64OfBytes } from '#lib/live/base64-of-bytes.ts';

/** A figure for each period of a history; null is a gap: nothing was read, or CloudWatch had no datapoint. */
export type Line = readonly (number | null)[];

/** What a history tells of the whole stream; `openShardCount` times a shard's limit is the stream's. */
export type StreamLines = { readonly [F in StreamFigure | 'openShardCount']: Line };
export type ShardLines = { readonly [F in keyof ShardFigures]: Line };

export type ShardHistory = { readonly shardId: string; readonly lines: ShardLines };

/** Lines for charts, all as long as `periodStartMs`, which has no gap itself. */
export type StreamHistory = {
  readonly streamId: number;
  readonly periodSeconds: number;
  readonly periodStartMs: readonly number[];
  /**
   * How much of the last period the figures are of, seconds, where it is not over: rates are those of this part,
   * counts will grow. null: it is whole.
   */
  readonly partialSeconds: number | null;
  readonly stream: StreamLines;
  /** The shards that used their tightest limit most within the range, worst first: at most eight. */
  readonly hottest: readonly ShardHistory[];
};

/** A history on the wire: float32 is what frames are stored in, and JSON of it would be four times as long. */
export type StreamHistoryView = {
  readonly streamId: number;
  readonly periodSeconds: number;
  readonly firstStartMs: number;
  readonly length: number;
  readonly partialSeconds: number | null;
  readonly shardIds: readonly string[];
  /**
   * Base64 of little-endian float32, NaN for a gap, `length` values a line: those of STREAM_LINE_NAMES, then for
   * each of `shardIds` those of SHARD_FIGURES.
   */
  readonly values: string;
};

const STREAM_LINE_NAMES = [...STREAM_FIGURES, 'openShardCount'] as const;

export function packHistory(history: StreamHistory): StreamHistoryView {
  const lines = [
    ...STREAM_LINE_NAMES.map((name) => history.stream[name]),
    ...history.hottest.flatMap(({ lines: ofShard }) => SHARD_FIGURES.map((name) => ofShard[name])),
  ];
  const values = Float32Array.from(lines.flat(), (value) => value ?? Number.NaN);
  return {
    streamId: history.streamId,
    periodSeconds: history.periodSeconds,
    firstStartMs: history.periodStartMs[0] ?? 0,
    length: history.periodStartMs.length,
    partialSeconds: history.partialSeconds,
    shardIds: history.hottest.map(({ shardId }) => shardId),
    values: base64OfBytes(packFloats(values)),
  };
}

/** @throws RangeError when the values are fewer than the lines take: a defect of the server */
export function unpackHistory(view: StreamHistoryView): StreamHistory {
  const { length, periodSeconds, firstStartMs } = view;
  const values = unpackFloats(Uint8Array.from(atob(view.values), (char) => char.charCodeAt(0)));
  const lineCount = STREAM_LINE_NAMES.length + view.shardIds.length * SHARD_FIGURES.length;
  if (values.length !== lineCount * length) {
    throw new RangeError(`${lineCount} lines of ${length} figures are not ${values.length} values`);
  }
  let next = 0;
  const line = (): Line => {
    const from = next;
    next += length;
    return Array.from(values.subarray(from, next), (value) => (Number.isNaN(value) ? null : value));
  };
  return {
    streamId: view.streamId,
    periodSeconds,
    periodStartMs: Array.from({ length }, (_, i) => firstStartMs + i * periodSeconds * 1_000),
    partialSeconds: view.partialSeconds,
    stream: linesOf(STREAM_LINE_NAMES, line),
    hottest: view.shardIds.map((shardId) => ({ shardId, lines: linesOf(SHARD_FIGURES, line) })),
  };
}

/** A history in which nothing was read. */
export function emptyHistory(streamId: number, periodSeconds: number): StreamHistory {
  return {
    streamId,
    periodSeconds,
    periodStartMs: [],
    partialSeconds: null,
    stream: streamLinesOf(() => []),
    hottest: [],
  };
}

export function streamLinesOf(line: (name: keyof StreamLines) => Line): StreamLines {
  return linesOf(STREAM_LINE_NAMES, line);
}

export function shardLinesOf(line: (name: keyof ShardLines) => Line): ShardLines {
  return linesOf(SHARD_FIGURES, line);
}

/** Asks for the lines in the order of `names`. */
function linesOf<N extends string>(
  names: readonly N[],
  line: (name: N) => Line,
): { readonly [K in N]: Line } {
  const made: Partial<Record<N, Line>> = {};
  for (const name of names) made[name] = line(name);
  return made as Record<N, Line>;
}
