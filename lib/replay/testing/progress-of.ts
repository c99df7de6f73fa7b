import type { ProgressView } from '#lib/replay/view/run.ts';

/** A replay in its middle, with what a test says of it. */
export function progressOf(changes: Partial<ProgressView> = {}): ProgressView {
  return {
    objects: 40,
    objectsDone: 20,
    storedBytes: 40_000,
    storedBytesDone: 20_000,
    settled: 1_000,
    emitted: 900,
    recordsExpected: 1_800,
    archiveMs: 1_500_000,
    archiveFromMs: 1_000_000,
    archiveToMs: 2_000_000,
    slices: 4,
    slicesDone: 1,
    workers: 2,
    openRequests: 3,
    etaMs: 60_000,
    rate: null,
    cap: null,
    live: null,
    unknownTraffic: null,
    shardsThatRefuse: 0,
    ...changes,
  };
}
