'use client';

import { NativeSelect } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { AutoscaleSection } from '#components/autoscale/autoscale-section.tsx';
import { Button } from '#components/primitives/button.tsx';
import { FieldRow } from '#components/primitives/field-row.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import type { StreamTabProps } from '#components/stream/stream-tab.ts';
import { FailureNotice } from '#components/stream-admin/failure-notice.tsx';
import { isOver } from '#lib/domain/reshard/job/job-state.ts';
import { useServerClock } from '#lib/live/live-provider.tsx';
import {
  DRAFT_KIND_WORDS,
  DRAFT_KINDS,
  type GoalDraft,
  newDraft,
  readDraft,
} from '#lib/reshard/goal-draft.ts';
import type { LoadBasis } from '#lib/reshard/preview-view.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { GoalFields } from './goal-fields.tsx';
import { JobCard } from './job-card.tsx';
import { OnDemandPanel } from './on-demand-panel.tsx';
import { mutable, PreviewPanel } from './preview-panel.tsx';
import classes from './reshard-tab.module.css';
import { useReshardView } from './reshard-view.ts';
import { SamplePanel } from './sample-panel.tsx';
import { RESHARD_TITLE_ID, showReshard } from './show-reshard.ts';
import { useChosenShards } from './use-chosen-shards.ts';

/** While a slider is drawn, no plan is asked for. */
const SETTLE_MS = 200;
const JOBS_EVERY_MS = 5_000;
const FIRST_KIND = 'split-shard';

/** Plans a reshard of the stream, shows what it comes to, begins it, and watches it. */
export function ReshardTab({ row, pulse, gone, selectedShardId }: StreamTabProps) {
  const trpc = useTRPC();
  const isLinked = useComeToSight();
  // Whoever comes second sees the job of the first in the place of the plan, and has to be told why.
  const [refusal, setRefusal] = useState<string | null>(null);
  const { data: list } = useQuery(
    trpc.reshard.list.queryOptions(undefined, { refetchInterval: JOBS_EVERY_MS }),
  );
  const jobs = (list?.jobs ?? []).filter(({ streamId }) => streamId === row.streamId);
  const underWay = jobs.find(({ state }) => !isOver(state));
  const last = underWay ?? jobs[0];
  return (
    <>
      <section
        className={classes.section}
        aria-labelledby={RESHARD_TITLE_ID}
        data-linked={isLinked || undefined}
      >
        <h2 id={RESHARD_TITLE_ID} className={classes.title} tabIndex={-1}>
          Reshard
        </h2>
        {refusal !== null && underWay !== undefined && (
          <p className={classes.refusal} role="alert">
            {refusal}
          </p>
        )}
        {last !== undefined && (
          <>
            <JobCard key={last.id} job={last} />
            <Quiet>
              <PageLink href="/operations">All operations, running and past</PageLink>
            </Quiet>
          </>
        )}
        {gone ? (
          <p>The stream is gone: there is nothing to reshard.</p>
        ) : (
          underWay === undefined &&
          (row.mode === 'ON_DEMAND' ? (
            <OnDemandPanel key={row.streamId} row={row} />
          ) : (
            <Planner
              key={row.streamId}
              row={row}
              pulse={pulse}
              selectedShardId={selectedShardId}
              onAnswer={setRefusal}
            />
          ))
        )}
      </section>
      {!gone && <AutoscaleSection row={row} />}
    </>
  );
}

/** Who came by a link looks for the plan; who chose the tab is there already. @returns whether a plan is linked */
function useComeToSight(): boolean {
  const { view } = useReshardView();
  const isLinked = view.goal !== null;
  const atFirst = useRef(isLinked);
  useEffect(() => {
    const isOfTab = document.activeElement?.getAttribute('role') === 'tab';
    if (atFirst.current && !isOfTab) showReshard();
  }, []);
  return isLinked;
}

function Planner({
  row,
  pulse,
  selectedShardId,
  onAnswer,
}: Pick<StreamTabProps, 'row' | 'pulse' | 'selectedShardId'> & {
  /** With why nothing was begun, or null. */
  readonly onAnswer: (refusal: string | null) => void;
}) {
  const trpc = useTRPC();
  const { view, change, reset } = useReshardView();
  const [typed, setTyped] = useState<Partial<GoalDraft>>({});
  const draft = draftOf(view, typed, row.openShardCount);
  const { kind } = draft;
  const chosen = useChosenShards(pulse, selectedShardId);
  const { goal, missing } = readDraft(draft, chosen);
  const { load, setBasis, lookAgain } = useLoadBasis(pulse.topologyId);
  const wanted = { goal: goal === null ? null : mutable(goal), load };
  const [settled] = useDebouncedValue(JSON.stringify(wanted), SETTLE_MS);
  const asked = JSON.parse(settled) as typeof wanted;
  const { connection, streamName, streamId } = row;
  const preview = useQuery(
    trpc.reshard.preview.queryOptions(
      {
        connection,
        streamName,
        streamId,
        // Not asked for where there is none.
        goal: asked.goal ?? { kind: 'scale-to-count', count: row.openShardCount },
        load: asked.load,
      },
      { enabled: asked.goal !== null, placeholderData: keepPreviousData, retry: false },
    ),
  );
  const isOld = preview.isPlaceholderData || settled !== JSON.stringify(wanted);
  return (
    <>
      <FieldRow>
        <NativeSelect
          label="What for"
          data={DRAFT_KINDS.map((value) => ({ value, label: DRAFT_KIND_WORDS[value] }))}
          value={kind}
          onChange={({ currentTarget: { value } }) => {
            const next = DRAFT_KINDS.find((one) => one === value);
            if (next !== undefined) change({ kind: next });
          }}
        />
        <GoalFields
          draft={draft}
          chosen={chosen}
          openShardCount={row.openShardCount}
          onChange={(changed) => {
            change(changed);
            setTyped((before) => ({ ...before, ...changed }));
          }}
        />
        <NativeSelect
          label="Load of"
          data={[
            { value: '5', label: 'the last 5 minutes' },
            { value: '15', label: 'the last 15 minutes' },
            { value: '60', label: 'the last hour' },
            { value: '1440', label: 'the last 24 hours' },
          ]}
          value={String(load.minutes)}
          onChange={({ currentTarget: { value } }) => setBasis({ minutes: Number(value) })}
        />
        <NativeSelect
          label="Of each shard its"
          data={[
            { value: 'mean', label: 'mean' },
            { value: 'peak', label: 'highest period' },
          ]}
          value={load.by}
          onChange={({ currentTarget: { value } }) =>
            setBasis({ by: value === 'peak' ? 'peak' : 'mean' })
          }
        />
        <Button onClick={lookAgain}>Look again</Button>
      </FieldRow>
      {kind === 'split-shard' && chosen.shardId !== null && (
        <SamplePanel key={chosen.shardId} row={row} shardId={chosen.shardId} />
      )}
      {missing !== null ? (
        <Quiet role="status">{missing}</Quiet>
      ) : preview.error !== null ? (
        <FailureNotice
          title="No plan can be made now"
          message={preview.error.message}
          deniedAction={preview.error.data?.deniedAction ?? null}
          streamArn={row.streamArn}
        />
      ) : preview.data === undefined ? (
        <Quiet>Planning…</Quiet>
      ) : preview.data.ok ? (
        goal !== null && (
          <PreviewPanel
            key={kind}
            row={row}
            goal={goal}
            load={load}
            preview={preview.data}
            old={isOld}
            onAnswer={onAnswer}
            onCancel={() => {
              setTyped({});
              reset();
            }}
          />
        )
      ) : (
        <p className={classes.refusal} role="status">
          {preview.data.words}
        </p>
      )}
    </>
  );
}

/** What stands in the address goes before what was typed: a link may have come since. */
function draftOf(
  view: ReturnType<typeof useReshardView>['view'],
  typed: Partial<GoalDraft>,
  openShardCount: number,
): GoalDraft {
  const fresh = newDraft(view.goal ?? FIRST_KIND, openShardCount);
  return {
    ...fresh,
    ...typed,
    kind: fresh.kind,
    side: view.side ?? fresh.side,
    cutBy: view.cut ?? fresh.cutBy,
    count: view.count ?? fresh.count,
    jobId: view.job,
    layout: view.layout ?? fresh.layout,
  };
}

/** The load that is looked at: its end stands until somebody looks again, or the shards change. */
function useLoadBasis(topologyId: number | null) {
  const now = useServerClock();
  const [basis, setBasis] = useState<LoadBasis>(() => ({
    minutes: 5,
    by: 'mean',
    untilMs: Math.floor(now()),
  }));
  const lookAgain = () => setBasis((before) => ({ ...before, untilMs: Math.floor(now()) }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the change of the shards that makes one look again
  useEffect(lookAgain, [topologyId]);
  return {
    load: basis,
    setBasis: (change: Partial<LoadBasis>) => setBasis((before) => ({ ...before, ...change })),
    lookAgain,
  };
}
