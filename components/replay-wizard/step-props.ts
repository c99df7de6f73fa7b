import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';

/** What parts of a step are given: the draft, and the way to change it, which stays the same function. */
export type StepProps = {
  readonly draft: ReplayDraft;
  readonly edit: (change: (draft: ReplayDraft) => ReplayDraft) => void;
};

/** With what the server has of the replay. */
export type RunStepProps = StepProps & { readonly run: ReplayView };
