import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import {
  type Ledger,
  type Outstanding,
  settledUnits,
  sumLedgers,
} from '#lib/domain/replay/job/ledger.ts';
import { maySend } from '#lib/domain/replay/job/run-state.ts';
import { outstandingOf } from '#lib/domain/replay/job/slice-progress.ts';
import { replayEta, replayRate } from '#lib/replay/replay-rate.ts';
import type { ReplayTickView } from '#lib/replay/view/course.ts';
import type { ProgressView } from '#lib/replay/view/run.ts';
import type { StoredSlice } from '#server/db/replay/read-progress.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';

export function ledgerOf(slices: readonly StoredSlice[]): Ledger {
  return sumLedgers(slices.map(({ progress }) => progress.ledger));
}

/** What the sums of all slices have to be held against. */
export function outstandingOfAll(slices: readonly StoredSlice[]): Outstanding {
  return slices
    .map(({ progress }) => outstandingOf(progress))
    .reduce(
      (sum, one) => ({
        settledInOpenObjects: sum.settledInOpenObjects + one.settledInOpenObjects,
        inFlight: sum.inFlight + one.inFlight,
      }),
      { settledInOpenObjects: 0, inFlight: 0 },
    );
}

/** @param ticks the newest first, of about a minute @returns null before it was begun */
export function progressView(
  run: ReplayRunRow,
  slices: readonly StoredSlice[],
  ticks: readonly ReplayTickView[],
  nowMs: number,
): ProgressView | null {
  const { manifest, plan, caps } = run;
  if (manifest === null || slices.length === 0) return null;
  const ledger = ledgerOf(slices);
  const goesOn = maySend(run.state);
  const times = slices.flatMap(({ archiveMs }) => archiveMs ?? []);
  const holders = new Set(slices.flatMap(({ holder }) => holder ?? []));
  const recordsExpected = plan?.records?.records ?? null;
  return {
    objects: manifest.objects,
    objectsDone: ledger.objectsCompleted + ledger.objectsWithQuarantine,
    storedBytes: manifest.bytes,
    storedBytesDone: slices.reduce((sum, { storedBytesDone }) => sum + storedBytesDone, 0),
    settled: settledUnits(ledger),
    emitted: ledger.emitted,
    recordsExpected,
    archiveMs: times.length === 0 ? null : Math.max(...times),
    archiveFromMs: manifest.times?.fromMs ?? null,
    archiveToMs: manifest.times?.toMs ?? null,
    slices: slices.length,
    slicesDone: slices.filter(({ isDone }) => isDone).length,
    workers: holders.size,
    openRequests: slices.reduce((sum, { progress }) => sum + progress.requests.length, 0),
    etaMs: goesOn
      ? replayEta(ticks, { storedBytes: manifest.bytes, records: recordsExpected })
      : null,
    rate: goesOn ? replayRate(ticks.slice(0, 2), nowMs) : null,
    cap: goesOn && caps !== null ? { rates: capOfAll(run, caps.shards), atMs: caps.atMs } : null,
    live: caps === null ? null : sumOfKnown(caps.shards.map(({ live }) => live)),
    unknownTraffic: unknownTraffic(run, goesOn),
    shardsThatRefuse: caps?.shards.filter(({ refusesOthers }) => refusesOthers).length ?? 0,
  };
}

function unknownTraffic(
  { caps, pace }: ReplayRunRow,
  goesOn: boolean,
): ProgressView['unknownTraffic'] {
  const sinceMs = caps?.unknownSinceMs ?? null;
  // A cap that was just set is heeded within a second or two.
  if (!goesOn || caps === null || sinceMs === null || pace.shardCap !== null) return null;
  const shards = caps.shards.filter(({ live }) => live === null).length;
  return { sinceMs, shards, ofShards: caps.shards.length };
}

function capOfAll({ pace }: ReplayRunRow, shards: readonly { readonly cap: Rates }[]): Rates {
  const sum = sumRates(shards.map(({ cap }) => cap));
  const { totalCap } = pace;
  return totalCap === null
    ? sum
    : {
        bytesPerSecond: Math.min(sum.bytesPerSecond, totalCap.bytesPerSecond),
        recordsPerSecond: Math.min(sum.recordsPerSecond, totalCap.recordsPerSecond),
      };
}

/** Null where any of them is unknown: a sum without it would be too low. */
export function sumOfKnown(rates: readonly (Rates | null)[]): Rates | null {
  const known = rates.flatMap((rate) => rate ?? []);
  return known.length < rates.length || rates.length === 0 ? null : sumRates(known);
}

function sumRates(rates: readonly Rates[]): Rates {
  return rates.reduce(
    (sum, rate) => ({
      bytesPerSecond: sum.bytesPerSecond + rate.bytesPerSecond,
      recordsPerSecond: sum.recordsPerSecond + rate.recordsPerSecond,
    }),
    { bytesPerSecond: 0, recordsPerSecond: 0 },
  );
}
