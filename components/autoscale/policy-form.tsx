'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { NumberField } from '#components/stream-admin/field.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import {
  AUTOSCALE_MODES,
  type AutoscaleMode,
  type AutoscalePolicy,
} from '#lib/domain/reshard/autoscale/policy.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { type AutoscaleDraft, draftOf, readAutoscaleDraft } from '#lib/reshard/autoscale-draft.ts';
import type { AutoscalePolicyView } from '#lib/reshard/autoscale-view.ts';
import { MODE_WORDS, modeSentence, POLICY_FAULT_WORDS } from '#lib/reshard/autoscale-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './autoscale.module.css';

type Field = keyof AutoscalePolicy;

/** Fields by what they are about, with what a person has to know of them. */
const GROUPS: readonly {
  readonly title: string;
  readonly words: string;
  readonly fields: readonly (readonly [Field, string, string])[];
}[] = [
  {
    title: 'How many shards',
    words:
      'So many that the highest load of the time looked back at takes this part of what all of them take. The bounds hold whatever the load is.',
    fields: [
      ['targetUse', 'Target use', '%'],
      ['shardsMin', 'At least', 'shards'],
      ['shardsMax', 'At most', 'shards'],
      ['lookBackMs', 'Look back', 'min'],
    ],
  },
  {
    title: 'How soon, and how often',
    words:
      'Too few shards refuse records, too many cost $0.015 an hour each: so it adds soon, takes away late, and only from a quarter less on.',
    fields: [
      ['outCoolOffMs', 'Add, after a change', 'min'],
      ['inCoolOffMs', 'Take away, after', 'min'],
      ['reshardsPerDayMax', 'In 24 hours', 'reshards'],
    ],
  },
  {
    title: 'With what care',
    words:
      'A shard above this use is relieved though the stream has room, by boundaries that follow the load; nothing typed: never. While a consumer is, or may be, further behind than this, no shard is taken away; nothing typed: whatever they do.',
    fields: [
      ['hotShardUse', 'Hot shard from', '%'],
      ['lagMsMax', 'Lag, at most', 'min'],
    ],
  },
];

/** Sets when the stream is scaled, and whether by proposals or by itself. */
export function PolicyForm(props: {
  readonly row: StreamRow;
  readonly policy: AutoscalePolicyView;
  /** Told of the settings as they stand in the form, where they are such. */
  readonly onSettings: (settings: AutoscalePolicy) => void;
}) {
  const { row, policy, onSettings } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const modeId = useId();
  const [mode, setMode] = useState<AutoscaleMode>(policy.mode);
  const [draft, setDraft] = useState<AutoscaleDraft>(() => draftOf(policy.settings));
  const { settings, fault } = readAutoscaleDraft(draft);
  const { connection, streamName, streamId } = row;
  const set = useMutation(
    trpc.autoscale.set.mutationOptions({
      onSuccess: () =>
        showToast({
          title: `The policy of ${streamName} is set`,
          message: modeSentence(mode, settings),
        }),
      // Also after a refusal: somebody else may have set it.
      onSettled: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.autoscale.get.pathKey() });
      },
    }),
  );
  const isSame =
    policy.set !== null &&
    mode === policy.mode &&
    JSON.stringify(draft) === JSON.stringify(draftOf(policy.settings));

  function change(field: Field, text: string): void {
    const next = { ...draft, [field]: text };
    setDraft(next);
    const read = readAutoscaleDraft(next);
    if (read.fault === null) onSettings(read.settings);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (set.isPending || fault !== null || isSame) return;
    const revision = policy.set?.revision ?? null;
    set.mutate({ connection, streamName, streamId, mode, settings, revision });
  }

  return (
    <form className={classes.form} aria-label="Autoscale policy" onSubmit={submit} noValidate>
      <div>
        <span className={classes.label} id={modeId}>
          What the policy may do
        </span>
        <SegmentedControl
          aria-labelledby={modeId}
          data={AUTOSCALE_MODES.map((value) => ({ value, label: MODE_WORDS[value] }))}
          value={mode}
          onChange={setMode}
        />
      </div>
      {GROUPS.map(({ title, words, fields }) => (
        <fieldset key={title} className={classes.group}>
          <legend className={classes.legend}>{title}</legend>
          <Quiet>{words}</Quiet>
          <FieldRow>
            {fields.map(([field, label, unit]) => (
              <NumberField
                key={field}
                label={label}
                unit={unit}
                value={draft[field]}
                fault={fault === field ? POLICY_FAULT_WORDS[field] : null}
                onChange={(text) => change(field, text)}
              />
            ))}
          </FieldRow>
        </fieldset>
      ))}
      <p role="status">
        {mode === 'act' ? (
          <span className={classes.warning}>
            {modeSentence(mode, settings)} Nobody is asked before it splits or merges. Try the
            policy on what was recorded, below, and let it advise for a day first.
          </span>
        ) : (
          <Quiet as="span">{modeSentence(mode, settings)}</Quiet>
        )}
      </p>
      {set.error !== null && (
        <FailureNotice
          title="The policy was not set"
          message={set.error.message}
          deniedAction={set.error.data?.deniedAction ?? null}
          streamArn={row.streamArn}
        />
      )}
      <div className={classes.buttons}>
        <Button type="submit" disabled={set.isPending || fault !== null || isSame}>
          {set.isPending ? 'Setting…' : 'Set the policy'}
        </Button>
        {isSame && <Quiet as="span">This is the policy that is set.</Quiet>}
      </div>
    </form>
  );
}
