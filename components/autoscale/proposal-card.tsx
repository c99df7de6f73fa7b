'use client';

import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { FactList } from '#components/primitives/fact-list.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { showToast } from '#components/toasts/toast-queue.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';
import { formatUse } from '#lib/format/percent.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import type { DecisionView, ProposalView } from '#lib/reshard/autoscale-view.ts';
import { decisionWords } from '#lib/reshard/autoscale-words.ts';
import { PRICE_BASIS } from '#lib/stream-admin/setting-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './autoscale.module.css';

/** What the policy proposes now: what it comes to, and the button that begins just that. */
export function ProposalCard(props: {
  readonly row: StreamRow;
  readonly decision: DecisionView;
  readonly proposal: ProposalView;
}) {
  const { row, decision, proposal } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const nowMs = useServerNow();
  const [typedName, setTypedName] = useState('');
  const { connection, streamName, streamId } = row;
  const apply = useMutation(
    trpc.autoscale.applyProposal.mutationOptions({
      onSuccess: () =>
        showToast({
          title: `Resharding ${streamName} has begun`,
          message: 'As the policy proposed it.',
        }),
      onSettled: async () => {
        await queryClient.invalidateQueries({ queryKey: trpc.autoscale.pathKey() });
        await queryClient.invalidateQueries({ queryKey: trpc.reshard.pathKey() });
      },
    }),
  );
  const isBlocked = proposal.needsName && typedName !== streamName;
  const facts = [
    {
      name: 'Shards',
      value: `${formatCount(proposal.shardsBefore)} → ${formatCount(proposal.shardsAfter)}`,
    },
    {
      name: 'Busiest shard',
      value: `${predictedUse(proposal.useBefore)} → ${predictedUse(proposal.useAfter)} predicted`,
    },
    {
      name: 'Price a month',
      value: `${formatDollars(proposal.dollarsAMonthBefore)} → ${formatDollars(proposal.dollarsAMonthAfter)}`,
      detail: PRICE_BASIS,
    },
    { name: 'Takes', value: proposal.durationWords },
  ];

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (apply.isPending || isBlocked) return;
    apply.mutate({
      connection,
      streamName,
      streamId,
      decisionId: decision.id,
      planFingerprint: proposal.planFingerprint,
      typedName: proposal.needsName ? typedName : null,
    });
  }

  return (
    <form className={classes.proposal} aria-label="Proposed reshard" onSubmit={submit} noValidate>
      <h3 className={classes.subtitle}>Proposed: {decisionWords(decision.decision)}</h3>
      <Quiet>
        First proposed {formatAge(nowMs - decision.fromMs)} ago, and still{' '}
        {formatAge(nowMs - decision.toMs)} ago. {proposal.choice}
      </Quiet>
      <FactList narrowColumns={1} facts={facts} />
      {proposal.remarks.length > 0 && (
        <ul className={classes.remarks} aria-label="What you should know">
          {proposal.remarks.map((remark) => (
            <li key={remark}>{remark}</li>
          ))}
        </ul>
      )}
      {proposal.needsName && (
        <TextInput
          label={
            <>
              Write <b>{streamName}</b> to confirm
            </>
          }
          value={typedName}
          autoComplete="off"
          spellCheck={false}
          w="min(100%, 320px)"
          onChange={({ currentTarget: { value } }) => setTypedName(value)}
        />
      )}
      {apply.error !== null && (
        <FailureNotice
          title="Nothing was begun"
          message={apply.error.message}
          deniedAction={apply.error.data?.deniedAction ?? null}
          streamArn={row.streamArn}
        />
      )}
      <div className={classes.buttons}>
        <Button type="submit" disabled={apply.isPending || isBlocked}>
          {apply.isPending
            ? 'Asking AWS…'
            : `Begin as proposed: ${countOf(proposal.stepCount, 'step')}`}
        </Button>
        <Quiet as="span">It is planned once more, and begun only if it comes out just so.</Quiet>
      </div>
    </form>
  );
}

function predictedUse(use: number | null): string {
  return use === null ? 'unknown' : formatUse(use);
}
