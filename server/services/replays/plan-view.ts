import { durationBoundWords } from '#lib/replay/duration-words.ts';
import { refusalView, warningView } from '#lib/replay/finding-words.ts';
import type { PlannedShardView, PlanView } from '#lib/replay/view/plan.ts';
import type { ReplayRunRow } from '#server/db/replay/run.ts';
import type { StoredPlan } from '#server/db/replay/stored.ts';

const SHARDS_SHOWN = 100;

/** A plan as it is shown; null before there is one. @param showsKeys false for those who may not see keys */
export function planView(
  run: Pick<ReplayRunRow, 'plan' | 'manifest' | 'planHash' | 'decoderVersion'>,
  showsKeys: boolean,
): PlanView | null {
  const { plan, manifest, planHash, decoderVersion } = run;
  if (plan === null || manifest === null) return null;
  const { sample, duration, target } = plan;
  const shardIds = target.shards.map(({ shardId }) => shardId);
  const { slices, fingerprint: _, ...totals } = manifest;
  return {
    atMs: plan.atMs,
    planHash,
    decoderVersion,
    objects: totals.objects,
    storedBytes: totals.bytes,
    times: totals.times,
    listed: totals.listed,
    undated: totals.undated,
    outOfOrder: totals.outOfOrder,
    needRestore: totals.needRestore,
    slices: slices.length,
    records: rounded(plan.records?.records ?? null),
    recordsError: rounded(plan.records?.error ?? null),
    bytes: rounded(plan.bytes),
    sample: {
      objects: sample.objects.length,
      storedBytes: sample.objects.reduce((sum, { storedBytes }) => sum + storedBytes, 0),
      records: sample.records,
      largestRecordBytes: sample.largestRecordBytes,
      hottestKey:
        sample.hottestKey === null
          ? null
          : {
              partitionKey: showsKeys ? sample.hottestKey.partitionKey : null,
              share: sample.hottestKey.records / sample.records,
            },
    },
    duration:
      duration === null
        ? null
        : {
            ms: duration.ms,
            words: durationBoundWords(duration.bound, shardIds, showsKeys),
          },
    shardsNeeded: plan.shardsNeeded,
    price: plan.price,
    refusals: plan.refusals.map((refusal) => refusalView(refusal, shardIds)),
    warnings: plan.warnings.map((warning) => warningView(warning, shardIds)),
    target: {
      mode: target.mode,
      status: target.status,
      recordBytesMax: target.recordBytesMax,
      shardCount: target.shards.length,
      shards: shardsShown(plan),
      consumers: target.consumers,
    },
    roundTripMs: plan.roundTripMs,
    pace: plan.pace ?? null,
  };
}

/** Estimates are of whole things. */
function rounded(estimate: number | null): number | null {
  return estimate === null ? null : Math.round(estimate);
}

function shardsShown({ sample, target }: StoredPlan): readonly PlannedShardView[] {
  return target.shards
    .map((shard, place) => ({
      ...shard,
      recordShare: sample.records === 0 ? 0 : (sample.shards[place]?.records ?? 0) / sample.records,
    }))
    .sort((a, b) => b.recordShare - a.recordShare)
    .slice(0, SHARDS_SHOWN);
}
