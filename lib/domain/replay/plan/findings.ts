import type { ReplayOrder } from '#lib/domain/replay/buffer/sendable.ts';
import type { Rates } from '#lib/domain/replay/emit/caps.ts';
import type { Pace } from '#lib/domain/replay/emit/schedule.ts';
import type { FilterPlan } from '#lib/domain/replay/filter/filter-plan.ts';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { ManifestTotals } from './manifest.ts';
import type { ArchiveSample } from './sample.ts';

/** Why a replay cannot be started as it is planned; words are made of it elsewhere. */
export type Refusal =
  | { readonly kind: 'nothing-to-replay'; readonly because: 'no-objects' | 'all-filtered' }
  /** S3 gives these out only after RestoreObject. */
  | { readonly kind: 'needs-restore'; readonly objects: number; readonly bytes: number }
  /** The records would go into the stream that they came from, and nobody typed its name. */
  | { readonly kind: 'source-not-named' }
  | { readonly kind: 'target-not-active'; readonly status: string }
  /** The target spreads records by itself: no order can be promised there (reference/kinesis.md, section 1). */
  | { readonly kind: 'order-needs-keys'; readonly order: ReplayOrder }
  | { readonly kind: 'pace'; readonly fault: PaceFault }
  /** Shards of the target, by place, whose live traffic is unknown, and nobody set an absolute cap. */
  | { readonly kind: 'capacity-unknown'; readonly shards: readonly number[] }
  /** Shards of the target, by place, that have nothing free for what would be sent to them. */
  | { readonly kind: 'no-capacity'; readonly shards: readonly number[] };

/** What a person has to know before the start. */
export type Warning =
  /** A consumer of the target writes to the archive; the frozen manifest ends the loop, but the archive grows. */
  | { readonly kind: 'loop' }
  /** More than half of the sample goes to one of several shards. */
  | { readonly kind: 'one-shard'; readonly shard: number; readonly share: number }
  /** Larger than the target takes: they go to quarantine. */
  | { readonly kind: 'records-too-large'; readonly largestBytes: number; readonly maxBytes: number }
  /** Objects whose keys tell no time are all read. */
  | { readonly kind: 'undated'; readonly objects: number }
  /** Order is promised as of the keys, and they are not in the order of time. */
  | { readonly kind: 'keys-out-of-order'; readonly objects: number };

export type PaceFault = 'needs-times' | 'needs-one-slice' | 'not-a-speed';

/** What a target must have for a replay to start, and how it is looked at. */
export type PlanFacts = {
  readonly totals: ManifestTotals;
  readonly sample: ArchiveSample;
  readonly target: {
    readonly status: string;
    /** False on streams whose distribution strategy is AUTO. */
    readonly isByKey: boolean;
    readonly recordBytesMax: number;
    readonly isSource: boolean;
    readonly isArchivedToSource: boolean;
  };
  readonly isSourceNamed: boolean;
  readonly order: ReplayOrder;
  readonly pace: Pace;
  readonly slices: number;
  /** Whether records carry their times. */
  readonly hasTimes: boolean;
  /** By place of the target's shards. Null: live traffic is unknown and no absolute cap was set. */
  readonly caps: readonly (Rates | null)[];
};

/** Whether a pace can be kept: also asked while a replay runs. */
export function paceFault(
  pace: Pace,
  { hasTimes, slices }: Pick<PlanFacts, 'hasTimes' | 'slices'>,
): PaceFault | null {
  if (pace.kind === 'maximum') return null;
  if (!(pace.speed > 0 && Number.isFinite(pace.speed))) return 'not-a-speed';
  if (!hasTimes) return 'needs-times';
  // Slices lie in different times of the archive, so that together they have no time.
  return slices > 1 ? 'needs-one-slice' : null;
}

/** How many slices a replay may be cut into: one where order or time is kept, or copies are looked for across all of it. */
export function slicesAllowed(
  { order, filter }: Pick<ReplaySettings, 'order'> & { readonly filter: Pick<FilterPlan, 'dedup'> },
  pace: Pace,
  wanted: number,
): number {
  return order === 'none' && filter.dedup === null && pace.kind === 'maximum' ? wanted : 1;
}

export function refusalsOf(facts: PlanFacts): readonly Refusal[] {
  const { totals, sample, target, order, caps } = facts;
  const refusals: Refusal[] = [];
  if (totals.objects === 0) refusals.push({ kind: 'nothing-to-replay', because: 'no-objects' });
  else if (sample.records === 0) {
    refusals.push({ kind: 'nothing-to-replay', because: 'all-filtered' });
  }
  if (totals.needRestore.size > 0) {
    const classes = [...totals.needRestore.values()];
    refusals.push({
      kind: 'needs-restore',
      objects: classes.reduce((sum, { objects }) => sum + objects, 0),
      bytes: classes.reduce((sum, { bytes }) => sum + bytes, 0),
    });
  }
  if (target.isSource && !facts.isSourceNamed) refusals.push({ kind: 'source-not-named' });
  if (target.status !== 'ACTIVE') {
    refusals.push({ kind: 'target-not-active', status: target.status });
  }
  if (order !== 'none' && !target.isByKey) refusals.push({ kind: 'order-needs-keys', order });
  const fault = paceFault(facts.pace, facts);
  if (fault !== null) refusals.push({ kind: 'pace', fault });
  const loaded = sample.shards.flatMap(({ records }, shard) => (records > 0 ? [shard] : []));
  const unknown = loaded.filter((shard) => (caps[shard] ?? null) === null);
  if (unknown.length > 0) refusals.push({ kind: 'capacity-unknown', shards: unknown });
  const full = loaded.filter((shard) => {
    const cap = caps[shard] ?? null;
    return cap !== null && (cap.bytesPerSecond === 0 || cap.recordsPerSecond === 0);
  });
  if (full.length > 0) refusals.push({ kind: 'no-capacity', shards: full });
  return refusals;
}

export function warningsOf(facts: PlanFacts): readonly Warning[] {
  const { totals, sample, target, order } = facts;
  const warnings: Warning[] = [];
  if (target.isArchivedToSource) warnings.push({ kind: 'loop' });
  const hottest = sample.shards.reduce(
    (most, { records }, shard) => (records > most.records ? { shard, records } : most),
    { shard: 0, records: 0 },
  );
  const share = hottest.records / sample.records;
  if (sample.shards.length > 1 && share > 0.5) {
    warnings.push({ kind: 'one-shard', shard: hottest.shard, share });
  }
  if (sample.largestRecordBytes > target.recordBytesMax) {
    warnings.push({
      kind: 'records-too-large',
      largestBytes: sample.largestRecordBytes,
      maxBytes: target.recordBytesMax,
    });
  }
  if (totals.undated > 0) warnings.push({ kind: 'undated', objects: totals.undated });
  if (order !== 'none' && totals.outOfOrder > 0) {
    warnings.push({ kind: 'keys-out-of-order', objects: totals.outOfOrder });
  }
  return warnings;
}
