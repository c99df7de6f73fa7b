import { canonicalText, type PlainData } from '#lib/domain/replay/plan/plan-hash.ts';
import type {
  PaceSettings,
  ReplayDraft,
  ReplaySettings,
  ReplayStep,
} from '#lib/domain/replay/settings.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import { STEP_TITLES } from './steps.ts';

/**
 * The steps in which a draft is another than it was when its plan was made, in their order: that plan says nothing of it there.
 * @param planned `pace` null: made before plans told theirs, so it is not compared
 */
export function stepsChangedSince(
  draft: ReplayDraft,
  planned: { readonly settings: ReplaySettings; readonly pace: PaceSettings | null },
): readonly ReplayStep[] {
  const { settings, pace } = planned;
  const parts: readonly (readonly [ReplayStep, now: PlainData, then: PlainData])[] = [
    [
      'source',
      [draft.source, draft.sourceStreamArn, draft.window],
      [settings.source, settings.sourceStreamArn, settings.window],
    ],
    ['format', draft.transform, settings.transform],
    [
      'filter',
      [draft.filter ?? ALL_RECORDS, draft.expression?.trim() || null],
      [settings.filter, settings.expression?.trim() || null],
    ],
    ['target', draft.target, settings.target],
    [
      'pace',
      [draft.order, draft.quarantine, pace === null ? null : draft.pace],
      [settings.order, settings.quarantine, pace],
    ],
  ];
  return parts
    .filter(([, now, then]) => canonicalText(now) !== canonicalText(then))
    .map(([step]) => step);
}

/** Why a plan is not to be trusted any more, in a sentence; null: nothing was changed since. */
export function staleWords(changed: readonly ReplayStep[]): string | null {
  return changed.length === 0
    ? null
    : `Changed since it was made: ${changed.map((step) => STEP_TITLES[step]).join(', ')}. What stands below is of the settings before.`;
}
