import type { RunState } from '#lib/domain/replay/job/run-state.ts';
import { REPLAY_STEPS, type ReplayDraft, type ReplayStep } from '#lib/domain/replay/settings.ts';
import { gapsOfDraft } from '#lib/domain/replay/settings-of-draft.ts';

export const STEP_TITLES: Readonly<Record<ReplayStep, string>> = {
  source: 'Source and window',
  format: 'Format and key',
  filter: 'Filter',
  target: 'Target',
  pace: 'Pace and order',
  plan: 'Plan',
  confirm: 'Confirm',
};

/** A step as the list of steps shows it. */
export type StepView = {
  readonly step: ReplayStep;
  /** From 1. */
  readonly number: number;
  readonly title: string;
  /** `done`: nothing is missing. `missing`: it was looked at, and something is. `later`: nobody has come so far. */
  readonly state: 'done' | 'missing' | 'later';
  /** What is still to be said there. */
  readonly gaps: readonly string[];
};

/** What the steps after the draft's own depend on. */
export type PlanStanding = {
  readonly state: RunState;
  /** A plan stands that can be started. */
  readonly isStartable: boolean;
};

/** @param shown the step that is looked at now */
export function stepsOf(
  draft: ReplayDraft,
  shown: ReplayStep,
  { state, isStartable }: PlanStanding,
): readonly StepView[] {
  const gaps = gapsOfDraft(draft);
  const furthest = Math.max(REPLAY_STEPS.indexOf(draft.step), REPLAY_STEPS.indexOf(shown));
  return REPLAY_STEPS.map((step, i) => {
    const words = gaps.filter((gap) => gap.step === step).map((gap) => gap.words);
    const isDone =
      step === 'plan'
        ? state === 'planned' && isStartable
        : step !== 'confirm' && words.length === 0;
    return {
      step,
      number: i + 1,
      title: STEP_TITLES[step],
      // A step that nobody has looked at is not done by its defaults.
      state: i > furthest ? 'later' : isDone ? 'done' : words.length > 0 ? 'missing' : 'later',
      gaps: words,
    };
  });
}

/**
 * The step that is shown: a plan that is being made or stands is looked at, whatever the draft was left at, until
 * somebody goes on to confirm it.
 */
export function shownStep(draft: ReplayDraft, state: RunState, isConfirming: boolean): ReplayStep {
  if (state === 'draft') return draft.step === 'confirm' ? 'plan' : draft.step;
  return state === 'planned' && isConfirming ? 'confirm' : 'plan';
}

export function stepAfter(step: ReplayStep): ReplayStep | null {
  return REPLAY_STEPS[REPLAY_STEPS.indexOf(step) + 1] ?? null;
}

export function stepBefore(step: ReplayStep): ReplayStep | null {
  return REPLAY_STEPS[REPLAY_STEPS.indexOf(step) - 1] ?? null;
}
