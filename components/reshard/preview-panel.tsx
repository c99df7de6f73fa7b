import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { ChangeForm } from '#components/stream-admin/change-form.tsx';
import { useReadOnlyReason } from '#components/stream-settings/use-settings-lock.ts';
import { showToast } from '#components/toasts/toast-queue.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';
import { formatUse } from '#lib/format/percent.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import type { GoalInput } from '#lib/reshard/goal-input.ts';
import { mergingSteps } from '#lib/reshard/merging-steps.ts';
import { WHAT_IT_DOES_NOT } from '#lib/reshard/plan-words.ts';
import type { LoadBasis, ReshardPreview } from '#lib/reshard/preview-view.ts';
import { PRICE_BASIS } from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { AffectedConsumers } from './affected-consumers.tsx';
import { PlannedStrip } from './planned-strip.tsx';
import classes from './reshard-tab.module.css';

type Planned = Extract<ReshardPreview, { ok: true }>;

type PreviewPanelProps = {
  readonly row: StreamRow;
  readonly goal: GoalInput;
  readonly load: LoadBasis;
  readonly preview: Planned;
  /** A newer one is on its way: what is shown cannot be begun. */
  readonly old: boolean;
  /** Called with why nothing was begun, or null where it was. */
  readonly onAnswer: (refusal: string | null) => void;
  readonly onCancel: () => void;
};

/** What a plan comes to, and the button that begins it. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { preview, old } = props;
  const { shards, busiestUse } = preview;
  return (
    <div className={classes.preview} data-old={old || undefined}>
      <div className={classes.strips}>
        <span className={classes.stripLabel}>Present</span>
        <PlannedStrip
          label="Present shards"
          cells={preview.present}
          shardCount={shards.before}
          busiestUse={busiestUse.before}
        />
        <span className={classes.stripLabel}>Planned</span>
        <PlannedStrip
          label="Planned shards, by the load looked at"
          cells={preview.planned}
          shardCount={shards.after}
          busiestUse={busiestUse.after}
        />
      </div>
      <PreviewFacts preview={preview} />
      {preview.remarks.length > 0 && (
        <ul className={classes.remarks} aria-label="What you should know">
          {preview.remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      <AffectedConsumers preview={preview} />
      <details>
        <summary>
          {countOf(preview.stepCount, 'step')}: {preview.choice}
        </summary>
        <ol className={classes.steps}>
          {preview.steps.map(({ number, words }) => (
            <li key={number}>{words}</li>
          ))}
        </ol>
        {preview.stepCount > preview.steps.length && (
          <Quiet>
            The first {formatCount(preview.steps.length)} of {formatCount(preview.stepCount)}.
          </Quiet>
        )}
      </details>
      <details>
        <summary>What it does not do, and what your templates must say</summary>
        <ul className={classes.remarks}>
          {WHAT_IT_DOES_NOT.map((words) => (
            <li key={words}>{words}</li>
          ))}
          <li>
            Terraform: <code className={classes.code}>{preview.infrastructure.terraform}</code> –
            CloudFormation:{' '}
            <code className={classes.code}>{preview.infrastructure.cloudFormation}</code>.{' '}
            {preview.infrastructure.warning}
          </li>
        </ul>
      </details>
      <BeginForm {...props} />
    </div>
  );
}

function PreviewFacts({ preview }: { readonly preview: Planned }) {
  const { shards, busiestUse, price, duration, quotaPeakMax, load } = preview;
  const facts: readonly (readonly [string, string])[] = [
    ['Shards', `${formatCount(shards.before)} → ${formatCount(shards.after)}`],
    [
      'Open at a time, at most',
      quotaPeakMax === null
        ? `${formatCount(shards.peak)}; the account’s quota is not known`
        : `${formatCount(shards.peak)} of ${formatCount(quotaPeakMax)} that the quota allows`,
    ],
    ['Busiest shard', `${useWords(busiestUse.before)} → ${useWords(busiestUse.after)} predicted`],
    [
      'Load looked at',
      `${load.by === 'mean' ? 'mean' : 'highest period'} of ${formatCount(load.minutes)} min${load.periodSeconds === null ? ', of which nothing is recorded' : `, periods of ${load.periodSeconds} s`}`,
    ],
    [
      'Price a month',
      `${formatDollars(price.before.dollars)} → ${formatDollars(price.after.dollars)}`,
    ],
    ['Takes', duration.words],
  ];
  return (
    <dl className={classes.facts} title={PRICE_BASIS}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function BeginForm({ row, goal, load, preview, old, onAnswer, onCancel }: PreviewPanelProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [typedName, setTypedName] = useState('');
  const [purpose, setPurpose] = useState('');
  const [ignoresLag, setIgnoresLag] = useState(false);
  const { connection, streamName, streamId, streamArn } = row;
  const begin = useMutation(
    trpc.reshard.start.mutationOptions({
      onSuccess: () => {
        onAnswer(null);
        showToast({
          title: `Resharding ${streamName} has begun`,
          message: `${countOf(preview.stepCount, 'step')}, ${preview.duration.words}.`,
        });
      },
      onError: ({ message }) => onAnswer(message),
      // Also after a refusal: the shards may have moved, and the preview is read again.
      onSettled: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.reshard.pathKey() });
      },
    }),
  );
  const readOnly = useReadOnlyReason(row);
  const blocked = old
    ? 'A newer preview is being worked out.'
    : readOnly !== null
      ? readOnly
      : preview.needsName && typedName !== streamName
        ? 'Write the name of the stream.'
        : null;
  return (
    <ChangeForm
      label={`Reshard ${streamName}`}
      blocked={blocked}
      submitLabel={`Reshard: ${countOf(preview.stepCount, 'step')}`}
      danger={preview.shards.after < preview.shards.before}
      pending={begin.isPending}
      failure={begin.error}
      failureTitle="Nothing was begun"
      streamArn={streamArn}
      onCancel={onCancel}
      onSubmit={() =>
        begin.mutate({
          connection,
          streamName,
          streamId,
          goal: mutable(goal),
          load,
          fingerprint: preview.fingerprint,
          planFingerprint: preview.planFingerprint,
          typedName: preview.needsName ? typedName : null,
          purpose: purpose.trim() === '' ? null : purpose.trim(),
          ignoresLag,
        })
      }
    >
      <FieldRow>
        <TextInput
          label="Why (kept with the operation)"
          value={purpose}
          maxLength={1_000}
          onChange={({ currentTarget: { value } }) => setPurpose(value)}
          w="min(100%, 360px)"
        />
        {preview.needsName && (
          <TextInput
            label={
              <>
                Write <strong>{streamName}</strong> to confirm
              </>
            }
            value={typedName}
            autoComplete="off"
            spellCheck={false}
            onChange={({ currentTarget: { value } }) => setTypedName(value)}
          />
        )}
      </FieldRow>
      {mergingSteps(preview) > 0 && (
        <Checkbox
          label="Merge also where a consumer is behind in the range"
          checked={ignoresLag}
          onChange={({ currentTarget: { checked } }) => setIgnoresLag(checked)}
        />
      )}
    </ChangeForm>
  );
}

function useWords(use: number | null): string {
  return use === null ? 'unknown' : formatUse(use);
}

/** The router's type has lists that may be written to. */
export function mutable(goal: GoalInput) {
  switch (goal.kind) {
    case 'merge-shards':
      return { ...goal, shardIds: [goal.shardIds[0], goal.shardIds[1]] as [string, string] };
    case 'boundaries':
      return { ...goal, boundaries: [...goal.boundaries] };
    default:
      return goal;
  }
}
