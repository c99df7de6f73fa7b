'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import type { ReplayStep } from '#lib/domain/replay/settings.ts';
import { gapsOfDraft } from '#lib/domain/replay/settings-of-draft.ts';
import { formatCount } from '#lib/format/count.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { isUnsaved } from '#lib/replay/wizard/autosave.ts';
import { staleWords, stepsChangedSince } from '#lib/replay/wizard/plan-changes.ts';
import { STEP_TITLES } from '#lib/replay/wizard/steps.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { OldPlan } from './old-plan.tsx';
import { PlanPanel } from './plan-panel.tsx';
import { ReadFailure } from './read-failure.tsx';
import classes from './replay-wizard.module.css';
import { SettingFacts } from './setting-facts.tsx';
import type { DraftControl } from './use-draft.ts';

/** What the decisions come to: asked for, made by a worker while one looks on, and then looked at. */
export function PlanStep(props: {
  readonly run: ReplayView;
  readonly control: DraftControl;
  readonly onGo: (step: ReplayStep) => void;
}) {
  const { run, control, onGo } = props;
  switch (run.state) {
    case 'planning':
      return <Planning run={run} />;
    case 'planned':
      return run.plan === null ? null : (
        <>
          <OldPlan run={run} atMs={run.plan.atMs} />
          <PlanPanel run={run} plan={run.plan} />
        </>
      );
    default:
      return <Unplanned run={run} control={control} onGo={onGo} />;
  }
}

function Unplanned({ run, control, onGo }: Parameters<typeof PlanStep>[0]) {
  const trpc = useTRPC();
  const zone = useZone();
  const queryClient = useQueryClient();
  const gaps = gapsOfDraft(control.draft);
  const plan = useMutation(
    trpc.replays.plan.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
    }),
  );
  const unsaved = isUnsaved(control.state);
  const { failure, settings } = run;
  const stale =
    run.plan === null || settings === null
      ? null
      : staleWords(stepsChangedSince(control.draft, { settings, pace: run.plan.pace }));
  const makePlan = (label: string) => (
    <div className={classes.buttons}>
      <Button
        className={classes.primary}
        disabled={gaps.length > 0 || unsaved || plan.isPending}
        title={unsaved ? 'The draft is being saved.' : undefined}
        onClick={() => plan.mutate({ id: run.id, revision: control.state.revision })}
      >
        {plan.isPending ? 'Asking…' : label}
      </Button>
    </div>
  );
  return (
    <>
      {/* What stands against a plan that was refused is said with the plan. */}
      {failure !== null && run.plan === null && (
        <div className={classes.notice} role="alert">
          <p className={classes.noticeTitle}>
            No plan was made at {formatInstant(failure.sinceMs, zone)}
          </p>
          <p>{failure.words}</p>
        </div>
      )}
      {gaps.length > 0 && (
        <div className={classes.part}>
          <p>Before it can be planned:</p>
          <ul className={classes.list}>
            {gaps.map(({ step, words }) => (
              <li key={`${step} ${words}`}>
                {words} <Button onClick={() => onGo(step)}>{STEP_TITLES[step]}</Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {run.plan === null ? (
        <SettingFacts facts={run.facts} />
      ) : (
        <>
          {stale !== null && (
            <div className={classes.notice} data-level="warning" role="status">
              <p className={classes.noticeTitle}>This plan is out of date</p>
              <p>{stale}</p>
              {makePlan('Plan again')}
            </div>
          )}
          <div data-stale={stale !== null || undefined} className={classes.planned}>
            <PlanPanel run={run} plan={run.plan} />
          </div>
        </>
      )}
      <Quiet>
        A plan lists every object of the window, reads some of them as the replay would, and looks
        at the target. Nothing is written. What it lists is frozen: what is archived later is not
        replayed.
      </Quiet>
      <ReadFailure title="No plan was begun" error={plan.error} />
      {stale === null && makePlan(run.plan === null ? 'Make the plan' : 'Plan again')}
    </>
  );
}

/** A worker lists the archive: how far it is, and the way out. */
function Planning({ run }: { readonly run: ReplayView }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const cancel = useMutation(
    trpc.replays.control.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
    }),
  );
  const { listing } = run;
  return (
    <>
      <progress className={classes.progress} aria-label="The plan is being made" />
      <p role="status">
        {listing === null
          ? 'A worker takes it up…'
          : `${formatCount(listing.listed)} keys listed, ${formatCount(listing.objects)} of them in the window. Then some are read, and the target is looked at.`}
      </p>
      <ReadFailure title="It was not cancelled" error={cancel.error} />
      <div className={classes.buttons}>
        <Button
          disabled={cancel.isPending}
          onClick={() => cancel.mutate({ id: run.id, event: 'cancel' })}
        >
          Cancel this replay
        </Button>
        <Quiet as="span">
          It ends then; a new one can begin with its settings. You may also leave this page: the
          plan is made all the same.
        </Quiet>
      </div>
    </>
  );
}
