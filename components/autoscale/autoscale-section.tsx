'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import type { AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { StreamRow } from '#lib/live/stream-row.ts';
import type { AutoscaleView } from '#lib/reshard/autoscale-view.ts';
import { decisionWords, lateWords, modeSentence } from '#lib/reshard/autoscale-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './autoscale.module.css';
import { BacktestPanel } from './backtest-panel.tsx';
import { DecisionTable } from './decision-table.tsx';
import { PolicyForm } from './policy-form.tsx';
import { ProposalCard } from './proposal-card.tsx';

const ASK_AGAIN_MS = 5_000;

/** By which policy the stream is scaled, what it proposes and decided, and what another one would have done. */
export function AutoscaleSection({ row }: { readonly row: StreamRow }) {
  const trpc = useTRPC();
  const { connection, streamName, streamId } = row;
  const stream = { connection, streamName, streamId };
  const { data, error } = useQuery(
    trpc.autoscale.get.queryOptions(stream, { refetchInterval: ASK_AGAIN_MS, retry: false }),
  );
  return (
    <PageSection title="Autoscale">
      {row.mode === 'ON_DEMAND' ? (
        <p>Kinesis itself chooses the shards of an on-demand stream: a policy has nothing to do.</p>
      ) : data === undefined ? (
        error === null ? (
          <Quiet>Reading the policy…</Quiet>
        ) : (
          <FailureNotice
            title="The policy could not be read"
            message={error.message}
            deniedAction={null}
            streamArn={row.streamArn}
          />
        )
      ) : (
        <Policy key={streamId} row={row} view={data} failure={error?.message ?? null} />
      )}
    </PageSection>
  );
}

function Policy(props: {
  readonly row: StreamRow;
  readonly view: AutoscaleView;
  /** Why it could not be read again; null: it was. */
  readonly failure: string | null;
}) {
  const { row, view, failure } = props;
  const { policy, decisions, open, hasMore } = view;
  // What the form holds is tried before it is set.
  const [tried, setTried] = useState<AutoscalePolicy>(policy.settings);
  return (
    <>
      <PolicyState view={view} failure={failure} />
      {open?.proposal != null && (
        <ProposalCard key={open.id} row={row} decision={open} proposal={open.proposal} />
      )}
      <PolicyForm
        // What somebody else has set is shown anew.
        key={policy.set?.revision ?? 'none'}
        row={row}
        policy={policy}
        onSettings={setTried}
      />
      <BacktestPanel row={row} settings={tried} />
      <DecisionTable decisions={decisions} hasMore={hasMore} mode={policy.mode} />
    </>
  );
}

/** The policy in a sentence, the newest decision, and whether decisions come at all. */
function PolicyState({
  view: { policy, decisions, open, readAtMs },
  failure,
}: {
  readonly view: AutoscaleView;
  readonly failure: string | null;
}) {
  const zone = useZone();
  const nowMs = useServerNow();
  const { set, mode, settings } = policy;
  const [newest] = decisions;
  const late =
    set === null ? null : lateWords({ mode, setAtMs: set.atMs }, newest?.toMs ?? null, nowMs);
  return (
    <div className={classes.state}>
      <p>
        {modeSentence(mode, settings)}{' '}
        <Quiet as="span">
          {set === null
            ? 'No policy was ever set for this stream.'
            : `Set by ${set.by} at ${formatInstant(set.atMs, zone)}.`}
        </Quiet>
      </p>
      {mode !== 'off' && newest !== undefined && late === null && (
        <p>
          {/* What is proposed stands below, with what it comes to. */}
          {open === null && `${decisionWords(newest.decision)} `}
          <Quiet as="span">
            Decided {formatAge(nowMs - newest.toMs)} ago, by figures of the last{' '}
            {formatAge(settings.lookBackMs)}.
          </Quiet>
        </p>
      )}
      {mode !== 'off' && newest === undefined && late === null && (
        <Quiet>It has not decided yet: the first decision is due now.</Quiet>
      )}
      {late !== null && (
        <p role="alert" className={classes.warning}>
          {late}
        </p>
      )}
      {failure !== null && (
        <Quiet role="status">
          Not read again: {failure} This was read {formatAge(nowMs - readAtMs)} ago.
        </Quiet>
      )}
    </div>
  );
}
