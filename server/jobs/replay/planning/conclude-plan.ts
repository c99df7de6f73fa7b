import { capOfShard, NO_LIMIT, type Rates } from '#lib/domain/replay/emit/caps.ts';
import { estimatePrice } from '#lib/domain/replay/plan/estimate-price.ts';
import { estimateRecords } from '#lib/domain/replay/plan/estimate-records.ts';
import {
  type PlanFacts,
  refusalsOf,
  slicesAllowed,
  warningsOf,
} from '#lib/domain/replay/plan/findings.ts';
import { hasTimes } from '#lib/domain/replay/plan/has-times.ts';
import {
  type PredictedDuration,
  predictDuration,
} from '#lib/domain/replay/plan/predict-duration.ts';
import type { ArchiveSample } from '#lib/domain/replay/plan/sample.ts';
import { shardsNeeded } from '#lib/domain/replay/plan/shards-needed.ts';
import type { PaceSettings, ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { StoredManifest, StoredPlan, StoredTargetShard } from '#server/db/replay/stored.ts';
import type { TargetLook } from '#server/services/replays/look-at-target.ts';
import type { TargetConsumers } from '#server/services/replays/target-consumers.ts';
import type { ListedManifest } from './list-manifest.ts';

/** So many parts that workers can share; each of them reads a part of the archive's time. */
const SLICES_WANTED = 32;

/** What a plan is made of, all of it looked at just now. */
export type PlanParts = {
  readonly settings: ReplaySettings;
  readonly pace: PaceSettings;
  readonly listed: ListedManifest;
  readonly sample: ArchiveSample;
  readonly look: TargetLook;
  readonly seen: TargetConsumers;
  /** Its objects lie in our own store, and their keys tell no time. */
  readonly isQuarantine: boolean;
  /** On the database's clock. */
  readonly nowMs: number;
};

/** Makes of it what is stored, and what a person decides by. Pure. */
export function concludePlan(parts: PlanParts): {
  readonly manifest: StoredManifest;
  readonly plan: StoredPlan;
} {
  const { settings, pace, listed, sample, look, seen, isQuarantine, nowMs } = parts;
  const { totals, cutter } = listed;
  const wanted = slicesAllowed(settings, pace.pace, SLICES_WANTED);
  const slices = cutter.cut(wanted);
  const shards = look.shards.map(({ shardId, range }): StoredTargetShard => {
    const live = look.live?.shards.get(shardId)?.rates ?? null;
    return {
      shardId,
      start: String(range.start),
      end: String(range.end),
      live,
      cap: capOrNull(live, pace),
    };
  });
  const facts: PlanFacts = {
    totals,
    sample,
    target: {
      status: look.settings.status,
      isByKey: !look.settings.spreadsByItself,
      recordBytesMax: look.settings.maxRecordKiB * 1_024,
      isSource: settings.target.streamArn === settings.sourceStreamArn,
      isArchivedToSource: seen.isArchivedToSource,
    },
    // Asked for at the start, of whoever starts it.
    isSourceNamed: true,
    order: settings.order,
    pace: pace.pace,
    slices: slices.length,
    hasTimes: hasTimes(settings),
    caps: shards.map(({ cap }) => cap),
  };
  const records = estimateRecords(sample.objects, totals);
  const bytes =
    records === null || sample.records === 0
      ? null
      : (records.records * sample.bytes) / sample.records;
  const duration = records === null ? null : durationOf(parts, records.records, facts.caps);
  return {
    manifest: {
      ...totals,
      needRestore: [...totals.needRestore].map(([storageClass, of]) => ({ storageClass, ...of })),
      listed: listed.listed,
      slices,
    },
    plan: {
      atMs: nowMs,
      // Where none could be looked into, since all have to be restored, nothing is known of what passes.
      refusals: refusalsOf(facts).filter(
        ({ kind }) =>
          !(kind === 'nothing-to-replay' && totals.objects > 0 && totals.needRestore.size > 0),
      ),
      warnings: warningsOf(facts).filter(({ kind }) => !(isQuarantine && kind === 'undated')),
      sample,
      records,
      bytes,
      duration:
        duration === null
          ? null
          : { ...duration, ms: Number.isFinite(duration.ms) ? duration.ms : null },
      shardsNeeded: shardsFor(shards, duration, records?.records ?? null, bytes),
      price:
        records === null
          ? null
          : estimatePrice({
              mode: look.settings.mode,
              records: records.records,
              sample,
              // What lies in our own store costs nothing to read.
              keysListed: isQuarantine ? 0 : listed.listed,
              objects: isQuarantine ? 0 : totals.objects,
            }),
      target: {
        mode: look.settings.mode,
        status: look.settings.status,
        recordBytesMax: look.settings.maxRecordKiB * 1_024,
        shards,
        consumers: seen.consumers.map(({ name }) => name),
      },
      roundTripMs: look.roundTripMs,
      pace,
    },
  };
}

/** Null: live traffic is unknown, and nobody set a cap. */
function capOrNull(live: Rates | null, { freeShare, shardCap }: PaceSettings): Rates | null {
  return live === null && shardCap === null ? null : capOfShard(live, freeShare, shardCap);
}

function durationOf(
  { sample, pace, settings, look, listed }: PlanParts,
  records: number,
  caps: readonly (Rates | null)[],
): PredictedDuration | null {
  const isKnown = sample.shards.every(
    (load, place) => load.records === 0 || (caps[place] ?? null) !== null,
  );
  if (!isKnown) return null;
  return predictDuration({
    records,
    sample,
    // Where nothing is known, nothing goes.
    caps: caps.map((cap) => cap ?? { bytesPerSecond: 0, recordsPerSecond: 0 }),
    total: pace.totalCap ?? NO_LIMIT,
    pace: pace.pace,
    playMs: listed.playMs,
    order: settings.order,
    roundTripMs: look.roundTripMs,
  });
}

/** For this pace beside what others write. */
function shardsFor(
  shards: readonly StoredTargetShard[],
  duration: PredictedDuration | null,
  records: number | null,
  bytes: number | null,
): number | null {
  if (duration === null || records === null || bytes === null) return null;
  if (!Number.isFinite(duration.ms) || duration.ms === 0) return null;
  const live = shards.reduce(
    (sum, shard) => ({
      bytesPerSecond: sum.bytesPerSecond + (shard.live?.bytesPerSecond ?? Number.NaN),
      recordsPerSecond: sum.recordsPerSecond + (shard.live?.recordsPerSecond ?? Number.NaN),
    }),
    { bytesPerSecond: 0, recordsPerSecond: 0 },
  );
  if (Number.isNaN(live.bytesPerSecond) || Number.isNaN(live.recordsPerSecond)) return null;
  const seconds = duration.ms / 1_000;
  return shardsNeeded({
    bytesPerSecond: live.bytesPerSecond + bytes / seconds,
    recordsPerSecond: live.recordsPerSecond + records / seconds,
  });
}
