'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import type { ReplayDraft, ReplayStep } from '#lib/domain/replay/settings.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import {
  STEP_TITLES,
  shownStep,
  stepAfter,
  stepBefore,
  stepsOf,
} from '#lib/replay/wizard/steps.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ConfirmStep } from './confirm-step.tsx';
import { FilterStep } from './filter-step.tsx';
import { FormatStep } from './format-step.tsx';
import { PaceStep } from './pace-step.tsx';
import { PlanStep } from './plan-step.tsx';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';
import { SaveLine } from './save-line.tsx';
import { SourceStep } from './source-step.tsx';
import { TargetStep } from './target-step.tsx';
import { type DraftControl, useDraft } from './use-draft.ts';
import { WizardSteps } from './wizard-steps.tsx';

/** The steps, the one that is looked at, and the ways on and back. @param first the draft as it was when it was opened */
export function DraftWizard(props: { readonly run: ReplayView; readonly first: ReplayDraft }) {
  const { run } = props;
  const control = useDraft(run, props.first);
  const { draft, edit } = control;
  const [isConfirming, setIsConfirming] = useState(false);
  // Where the page has just been opened, its focus is the browser's business.
  const [hasMoved, setHasMoved] = useState(false);
  const shown = shownStep(draft, run.state, isConfirming);
  const isStartable = run.plan !== null && run.plan.refusals.length === 0;
  const revise = useRevise(run);

  function go(step: ReplayStep): void {
    setHasMoved(true);
    if (step === 'confirm') {
      setIsConfirming(true);
      return;
    }
    setIsConfirming(false);
    if (run.state === 'planned') {
      // The plan is of the draft as it stands: what is changed needs another.
      if (step !== 'plan') revise.run(() => edit((before) => ({ ...before, step })));
      return;
    }
    edit((before) => (before.step === step ? before : { ...before, step }));
  }

  function lockOf(step: ReplayStep): string | null {
    if (run.state === 'planning' && step !== 'plan') {
      return 'A plan is being made of it: wait for it, or cancel it.';
    }
    if (step === 'confirm' && !(run.state === 'planned' && isStartable)) {
      return 'There is no plan yet that could be started.';
    }
    return revise.isPending ? 'The plan is being put aside.' : null;
  }

  const next = stepAfter(shown);
  const before = stepBefore(shown);
  return (
    <div className={classes.wizard}>
      <WizardSteps
        steps={stepsOf(draft, shown, { state: run.state, isStartable })}
        shown={shown}
        lockOf={lockOf}
        onGo={go}
      />
      {run.state === 'draft' && <SaveLine control={control} />}
      <ReadFailure title="The plan was not put aside" error={revise.error} />
      <div className={classes.body}>
        <StepTitle key={shown} step={shown} takesFocus={hasMoved} />
        <StepBody {...{ run, control, shown, go }} />
        {shown !== 'confirm' && run.state !== 'planning' && (
          <div className={classes.foot}>
            {before !== null && (
              <Button disabled={lockOf(before) !== null} onClick={() => go(before)}>
                {run.state === 'planned'
                  ? 'Change something: puts this plan aside'
                  : `Back: ${STEP_TITLES[before]}`}
              </Button>
            )}
            {next !== null && (shown !== 'plan' || run.state === 'planned') && (
              <Button
                className={classes.primary}
                disabled={lockOf(next) !== null}
                title={lockOf(next) ?? undefined}
                onClick={() => go(next)}
              >
                Next: {STEP_TITLES[next]}
              </Button>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

function StepBody(props: {
  readonly run: ReplayView;
  readonly control: DraftControl;
  readonly shown: ReplayStep;
  readonly go: (step: ReplayStep) => void;
}) {
  const { run, control, shown, go } = props;
  const { draft, edit } = control;
  switch (shown) {
    case 'source':
      return <SourceStep run={run} draft={draft} edit={edit} />;
    case 'format':
      return <FormatStep run={run} draft={draft} edit={edit} />;
    case 'filter':
      return <FilterStep run={run} draft={draft} edit={edit} />;
    case 'target':
      return <TargetStep draft={draft} edit={edit} />;
    case 'pace':
      return <PaceStep run={run} draft={draft} edit={edit} />;
    case 'plan':
      return <PlanStep run={run} control={control} onGo={go} />;
    case 'confirm':
      return <Confirm run={run} onBack={() => go('plan')} />;
  }
}

/** Nothing where no plan stands: then this step cannot be gone to. */
function Confirm({ run, onBack }: { readonly run: ReplayView; readonly onBack: () => void }) {
  const { plan, settings } = run;
  const planHash = plan?.planHash ?? null;
  if (plan === null || planHash === null || settings === null) return null;
  return <ConfirmStep run={run} plan={{ ...plan, planHash }} settings={settings} onBack={onBack} />;
}

/** Takes the focus where somebody has gone to another step, so that keyboard and screen reader go on from there. */
function StepTitle(props: { readonly step: ReplayStep; readonly takesFocus: boolean }) {
  const { step, takesFocus } = props;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) title.current?.focus();
  }, [takesFocus]);
  return (
    <h2 ref={title} className={classes.title} tabIndex={-1}>
      {STEP_TITLES[step]}
    </h2>
  );
}

/** Makes a draft of a plan again, and then goes on. */
function useRevise(run: ReplayView) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation(
    trpc.replays.revise.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
    }),
  );
  return {
    run: (then: () => void) => mutate({ id: run.id }, { onSuccess: then }),
    isPending,
    error,
  };
}
