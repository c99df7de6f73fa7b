import { toFraction } from '#lib/domain/hash-key.ts';
import { sameBoundaries, uniformBoundaries } from '#lib/domain/reshard/boundaries.ts';
import { planFingerprint, type ReshardPlan } from '#lib/domain/reshard/plan.ts';
import { type Preview, type PreviewShard, previewOf } from '#lib/domain/reshard/preview.ts';
import { mapCells, markCells, WHOLE_WINDOW } from '#lib/domain/ring-map.ts';
import type { ShardId } from '#lib/domain/shard.ts';
import { infrastructureLines } from '#lib/reshard/infrastructure-lines.ts';
import { choiceWords, durationWords, remarkWords, stepWords } from '#lib/reshard/plan-words.ts';
import type { PlannedStrip, ReshardPreview, StepView } from '#lib/reshard/preview-view.ts';
import { refusalWords } from '#lib/reshard/refusal-words.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import { readMeasuredDurations } from '#server/db/reshard/reshard-journal.ts';
import { readAffectedConsumers } from './affected-consumers.ts';
import { planReshard, type ReshardContext, type ReshardWish } from './plan-reshard.ts';

const STEPS_SHOWN = 500;

/** More steps than this, or fewer shards in the end, ask for the stream's name. */
const STEPS_UNNAMED_MAX = 10;

/** What a goal comes to on the stream as it is now; nothing is changed. @throws ServiceError, AwsFailure */
export async function previewReshard(args: {
  ctx: ReshardContext;
  input: ReshardWish;
  signal: AbortSignal | undefined;
}): Promise<ReshardPreview> {
  const { ctx, input } = args;
  const signal = args.signal ?? new AbortController().signal;
  const [planned, measured, readAtMs] = await Promise.all([
    planReshard(ctx, input, signal),
    readMeasuredDurations(ctx.database, input.connection),
    readServerTimeMs(ctx.database),
  ]);
  const { outcome } = planned;
  if (!outcome.ok) {
    const { refusal } = outcome;
    return {
      ok: false,
      why: refusal.why,
      words: refusalWords(refusal, input.goal.kind),
      smallestPeak: refusal.why === 'peak-too-low' ? refusal.smallest : null,
    };
  }
  const { plan } = outcome;
  const preview = previewOf(plan, {
    ...planned,
    streamCreatedAtMs: planned.stream.createdAtMs,
    measured,
  });
  const closing = closedBy(preview);
  const isUniform = sameBoundaries(plan.to, uniformBoundaries(plan.to.length + 1));
  return {
    ok: true,
    readAtMs,
    fingerprint: preview.fingerprint,
    planFingerprint: planFingerprint(plan),
    load: { ...input.load, periodSeconds: planned.loadPeriodSeconds },
    present: stripOf(preview.present),
    planned: stripOf(preview.planned),
    steps: stepViews(plan.steps),
    stepCount: plan.steps.length,
    choice: choiceWords(plan.choice),
    remarks: plan.remarks.map(remarkWords),
    duration: { ...preview.duration, words: durationWords(preview.duration) },
    infrastructure: infrastructureLines(preview.shards.after, isUniform),
    quotaPeakMax: planned.quotaPeakMax,
    needsName: needsName(plan),
    busiestUse: preview.busiestUse,
    shards: preview.shards,
    operations: preview.operations,
    price: preview.price,
    leases: preview.leases,
    createdShards: preview.createdShards,
    closedShards: closing.size,
    consumers: await readAffectedConsumers(ctx.database, input.streamId, closing),
  };
}

/** Shards of now that the planned layout has not. */
function closedBy({ present, planned }: Preview): ReadonlySet<ShardId> {
  const kept = new Set(planned.map(({ shardId }) => shardId));
  return new Set(
    present.flatMap(({ shardId }) => (shardId === null || kept.has(shardId) ? [] : [shardId])),
  );
}

/** Whether somebody must type the stream's name before it is begun. */
export function needsName({
  from,
  to,
  steps,
}: Pick<ReshardPlan, 'from' | 'to' | 'steps'>): boolean {
  return to.length < from.length || steps.length > STEPS_UNNAMED_MAX;
}

export function stepViews(steps: ReshardPlan['steps']): readonly StepView[] {
  return steps
    .slice(0, STEPS_SHOWN)
    .map((step, i) => ({ number: i + 1, kind: step.kind, words: stepWords(step) }));
}

/** @param shards that cover the ring, in range order */
export function stripOf(shards: readonly Pick<PreviewShard, 'range' | 'use'>[]): PlannedStrip {
  const cells = mapCells(
    shards.map(({ range }) => ({
      start: toFraction(range.start),
      end: toFraction(range.end + 1n),
    })),
    WHOLE_WINDOW,
  );
  const marks = markCells(
    cells,
    shards.map(({ use }) => ({ use: use ?? Number.NaN, throttled: false })),
  );
  return cells.map((cell, i) => {
    const mark = marks[i];
    const use = mark?.use ?? Number.NaN;
    return {
      ...cell,
      worstPlace: mark?.worstPlace ?? cell.firstPlace,
      use: Number.isNaN(use) ? null : use,
    };
  });
}
