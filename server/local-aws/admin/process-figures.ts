import { monitorEventLoopDelay } from 'node:perf_hooks';

const NANOSECONDS_PER_MS = 1e6;
const MICROSECONDS_PER_MS = 1e3;

/** How a world's process does: its memory and CPU until now, and how late its timers were since it was asked before. */
export type ProcessFigures = {
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** Buffers, where the segments of records lie. */
  readonly arrayBuffersBytes: number;
  /** Of all its threads since it began. */
  readonly cpuMs: number;
  readonly eventLoopDelayP99Ms: number;
  readonly eventLoopDelayMaxMs: number;
};

/** Measures from the first question on: a world that nobody asks spends nothing on it. */
export class ProcessMonitor {
  #delay: ReturnType<typeof monitorEventLoopDelay> | null = null;

  read(): ProcessFigures {
    const delay = this.#delay ?? this.#start();
    const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
    const { user, system } = process.cpuUsage();
    const figures = {
      rssBytes: rss,
      heapUsedBytes: heapUsed,
      arrayBuffersBytes: arrayBuffers,
      cpuMs: (user + system) / MICROSECONDS_PER_MS,
      eventLoopDelayP99Ms: delay.percentile(99) / NANOSECONDS_PER_MS,
      eventLoopDelayMaxMs: delay.max / NANOSECONDS_PER_MS,
    };
    delay.reset();
    return figures;
  }

  stop(): void {
    this.#delay?.disable();
  }

  #start(): ReturnType<typeof monitorEventLoopDelay> {
    const delay = monitorEventLoopDelay();
    delay.enable();
    this.#delay = delay;
    return delay;
  }
}
