import { rest } from './soak-client.ts';
import type { SoakWorld, WorldFigures } from './soak-world.ts';

const EVERY_MS = 1_000;

/** The memory counts from here on: the cap has been full for so long, in which the heap finds its size. */
const SETTLE_MS = 30_000;

/** Segments are trimmed whole, so a full cap is never quite full. */
const FULL = 0.9;

const MB = 1e6;
const MS_PER_MINUTE = 60_000;

type Sample = WorldFigures & { readonly atMs: number };

/** What a world's process took, in 10^6 bytes, from the time on at which the cap on records was full. */
export type MemorySummary = {
  /** How long that is, in seconds; 0 where the cap was never full. */
  readonly flatSeconds: number;
  /** Medians of the first and of the last third. */
  readonly rssStartMB: number;
  readonly rssEndMB: number;
  readonly rssMaxMB: number;
  /** Of the straight line with the least squares through all of it. */
  readonly rssSlopeMBPerMinute: number;
  /** The least of each third: what a collection leaves. */
  readonly heapStartMB: number;
  readonly heapEndMB: number;
  /** Buffers: the records held, and what is on its way. */
  readonly buffersStartMB: number;
  readonly buffersEndMB: number;
  /** The world's datapoints, which it keeps for two days and within a bound of their own: what may grow. */
  readonly meterStartMB: number;
  readonly meterEndMB: number;
  readonly eventLoopDelayP99Ms: number;
  readonly eventLoopDelayMaxMs: number;
  readonly trimmedRecords: number;
};

/** Asks a world for its memory each second. */
export class SoakMemory {
  readonly #world: SoakWorld;
  readonly #capBytes: number;
  readonly #samples: Sample[] = [];

  constructor(world: SoakWorld, capMebibytes: number) {
    this.#world = world;
    this.#capBytes = capMebibytes * 1_048_576;
  }

  /** Samples until `signal` is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#samples.push({ ...(await this.#world.read()), atMs: performance.now() });
      await rest(EVERY_MS, signal);
    }
  }

  summarise(): MemorySummary {
    return summarise(this.#samples, this.#capBytes);
  }
}

/** @param samples in the order of their time, of one world. */
export function summarise(samples: readonly Sample[], capBytes: number): MemorySummary {
  const fullAtMs = samples.find(({ reservedBytes }) => reservedBytes >= capBytes * FULL)?.atMs;
  const flat = samples.filter(({ atMs }) => atMs >= (fullAtMs ?? Infinity) + SETTLE_MS);
  const third = Math.ceil(flat.length / 3);
  const rss = flat.map(({ rssBytes }) => rssBytes / MB);
  const heap = flat.map(({ heapUsedBytes }) => heapUsedBytes / MB);
  const buffers = flat.map(({ arrayBuffersBytes }) => arrayBuffersBytes / MB);
  const meter = flat.map(({ meterBytes }) => meterBytes / MB);
  const firstAtMs = flat[0]?.atMs ?? 0;
  return {
    flatSeconds: Math.round(((flat.at(-1)?.atMs ?? 0) - firstAtMs) / 1_000),
    rssStartMB: tenths(median(rss.slice(0, third))),
    rssEndMB: tenths(median(rss.slice(-third))),
    rssMaxMB: tenths(Math.max(0, ...rss)),
    rssSlopeMBPerMinute: tenths(
      slope(flat.map(({ atMs, rssBytes }) => [(atMs - firstAtMs) / MS_PER_MINUTE, rssBytes / MB])),
    ),
    heapStartMB: tenths(least(heap.slice(0, third))),
    heapEndMB: tenths(least(heap.slice(-third))),
    buffersStartMB: tenths(median(buffers.slice(0, third))),
    buffersEndMB: tenths(median(buffers.slice(-third))),
    meterStartMB: tenths(median(meter.slice(0, third))),
    meterEndMB: tenths(median(meter.slice(-third))),
    eventLoopDelayP99Ms: tenths(median(flat.map((sample) => sample.eventLoopDelayP99Ms))),
    eventLoopDelayMaxMs: tenths(Math.max(0, ...flat.map((sample) => sample.eventLoopDelayMaxMs))),
    trimmedRecords: samples.at(-1)?.trimmedRecords ?? 0,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function least(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.min(...values);
}

function slope(points: readonly (readonly [number, number])[]): number {
  const n = Math.max(1, points.length);
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / n;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return variance === 0 ? 0 : covariance / variance;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
