import { SHARD_LIMITS } from '#lib/domain/limits.ts';
import { type ChartWindow, chartSpan } from './chart-span.ts';
import type { Line, StreamHistory } from './stream-history.ts';

/** The box that a timeline's paths are drawn in; stretched to the room there is. */
export const TIMELINE_BOX = { width: 1_000, height: 100 } as const;

/** Use at which the limit lies, in the box: what goes beyond is still seen. */
const LIMIT_AT = 80;

/** The past of a stream in small, as paths. Times outside the window are not in them. */
export type Timeline = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Use of the stream's tightest limit as an area; gaps are gaps. */
  readonly stream: string;
  /** Highest use of the shards that were hottest, as a line. */
  readonly hottest: string;
  /** Periods in which something was refused. */
  readonly throttled: string;
  readonly limitY: number;
};

export function timeline(history: StreamHistory, window: ChartWindow): Timeline {
  const { fromMs, toMs } = chartSpan(history, window);
  const { stream, periodStartMs, periodSeconds } = history;
  const scale = TIMELINE_BOX.width / Math.max(1, toMs - fromMs);
  const x = (ms: number) => round(Math.min(TIMELINE_BOX.width, Math.max(0, (ms - fromMs) * scale)));
  const columns = periodStartMs.map((startMs, i) => ({
    left: x(startMs),
    right: x(startMs + periodSeconds * 1_000),
    use: streamUse(history, i),
    hottest: hottestUse(history, i),
    throttled:
      (stream.writeThrottledRecords[i] ?? 0) > 0 || (stream.readThrottledCalls[i] ?? 0) > 0,
  }));
  const seen = columns.filter(({ left, right }) => right > left);
  return {
    fromMs,
    toMs,
    stream: seen.map(({ left, right, use }) => box(left, right, use)).join(''),
    hottest: steps(seen),
    throttled: runs(seen)
      .map(({ left, right }) => `M${left} 0H${right}V8H${left}Z`)
      .join(''),
    limitY: TIMELINE_BOX.height - LIMIT_AT,
  };
}

/** Use of the limit that binds the whole stream most; null where nothing is known. */
export function streamUse({ stream }: StreamHistory, index: number): number | null {
  const shards = stream.openShardCount[index] ?? null;
  if (shards === null || shards === 0) return null;
  const use = (line: Line, perShard: number) => {
    const value = line[index] ?? null;
    return value === null ? null : value / (shards * perShard);
  };
  return highest([
    use(stream.incomingBytesPerSecond, SHARD_LIMITS.writeBytesPerSecondMax),
    use(stream.incomingRecordsPerSecond, SHARD_LIMITS.writeRecordsPerSecondMax),
    use(stream.outgoingBytesPerSecond, SHARD_LIMITS.readBytesPerSecondMax),
  ]);
}

function hottestUse({ hottest }: StreamHistory, index: number): number | null {
  const at = (line: Line, limit: number) => {
    const value = line[index] ?? null;
    return value === null ? null : value / limit;
  };
  return highest(
    hottest.flatMap(({ lines }) => [
      at(lines.writeBytesPerSecond, SHARD_LIMITS.writeBytesPerSecondMax),
      at(lines.writeRecordsPerSecond, SHARD_LIMITS.writeRecordsPerSecondMax),
      at(lines.readBytesPerSecond, SHARD_LIMITS.readBytesPerSecondMax),
    ]),
  );
}

function highest(values: readonly (number | null)[]): number | null {
  return values.reduce((a, b) => (a === null ? b : b === null ? a : Math.max(a, b)), null);
}

function y(use: number): number {
  return round(TIMELINE_BOX.height - Math.min(TIMELINE_BOX.height, Math.max(0, use) * LIMIT_AT));
}

function box(left: number, right: number, use: number | null): string {
  return use === null
    ? ''
    : `M${left} ${TIMELINE_BOX.height}V${y(use)}H${right}V${TIMELINE_BOX.height}Z`;
}

function steps(
  columns: readonly { left: number; right: number; hottest: number | null }[],
): string {
  let path = '';
  let drawing = false;
  for (const { left, right, hottest } of columns) {
    if (hottest === null) {
      drawing = false;
      continue;
    }
    path += drawing ? `V${y(hottest)}H${right}` : `M${left} ${y(hottest)}H${right}`;
    drawing = true;
  }
  return path;
}

/** Columns beside each other that refused, as one. */
function runs(
  columns: readonly { left: number; right: number; throttled: boolean }[],
): readonly { readonly left: number; readonly right: number }[] {
  const found: { left: number; right: number }[] = [];
  let open = false;
  for (const { left, right, throttled } of columns) {
    const last = found.at(-1);
    if (throttled && open && last !== undefined) last.right = right;
    else if (throttled) found.push({ left, right });
    open = throttled;
  }
  return found;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
