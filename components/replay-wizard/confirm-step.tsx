'use client';

import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import type { ReplaySettings } from '#lib/domain/replay/settings.ts';
import type { PlanView } from '#lib/replay/view/plan.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { whatWillHappen } from '#lib/replay/wizard/plan-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { Findings } from './findings.tsx';
import classes from './replay-wizard.module.css';

/** The last step: what will happen, the name where it is needed, and why. */
export function ConfirmStep(props: {
  readonly run: ReplayView;
  /** One that was not refused: it has a hash. */
  readonly plan: PlanView & { readonly planHash: string };
  readonly settings: ReplaySettings;
  readonly onBack: () => void;
}) {
  const { run, plan, settings, onBack } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typedName, setTypedName] = useState('');
  const [purpose, setPurpose] = useState('');
  const start = useMutation(
    trpc.replays.start.mutationOptions({
      // Also after a refusal: the plan may be another one by now.
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.replays.pathKey() }),
    }),
  );
  const { nameToType } = run;
  const blocked =
    plan.refusals.length > 0
      ? 'Something stands against it: see the plan.'
      : purpose.trim() === ''
        ? 'Write why it is done.'
        : nameToType !== null && typedName !== nameToType
          ? 'Write the name of the stream.'
          : null;
  return (
    <>
      <p className={classes.prose}>{whatWillHappen(plan, settings, run.isTargetSource)}</p>
      <Findings refusals={plan.refusals} warnings={plan.warnings} />
      <ChangeForm
        label={`Start replay ${run.id}`}
        blocked={blocked}
        submitLabel={`Replay into ${settings.target.streamName}`}
        danger={run.isTargetSource}
        pending={start.isPending}
        pendingLabel="Starting…"
        failure={start.error}
        failureTitle="Nothing was started"
        streamArn={settings.target.streamArn}
        cancelLabel="Back to the plan"
        onCancel={onBack}
        onSubmit={() =>
          start.mutate({
            id: run.id,
            connection: settings.target.connection,
            planHash: plan.planHash,
            typedName: nameToType === null ? null : typedName,
            purpose: purpose.trim(),
          })
        }
        consequence={
          <p>
            Plan <span className={classes.mono}>{plan.planHash.slice(0, 12)}</span> is started, and
            no other.
          </p>
        }
      >
        <FieldRow isTop>
          <TextInput
            label="Why (kept with the replay)"
            value={purpose}
            maxLength={1_000}
            onChange={({ currentTarget: { value } }) => setPurpose(value)}
            w="min(100%, 420px)"
          />
          {nameToType !== null && (
            <TextInput
              label={
                <>
                  Write <strong>{nameToType}</strong> to confirm
                </>
              }
              description="Its consumers see these records once more."
              value={typedName}
              autoComplete="off"
              spellCheck={false}
              onChange={({ currentTarget: { value } }) => setTypedName(value)}
            />
          )}
        </FieldRow>
      </ChangeForm>
    </>
  );
}
