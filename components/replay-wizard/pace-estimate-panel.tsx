'use client';

import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { FactList } from '#components/primitives/fact-list.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { PlannedStrip } from '#components/reshard/planned-strip.tsx';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { durationBoundWords } from '#lib/replay/duration-words.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import type { TargetView } from '#lib/replay/view/target.ts';
import { estimatePace, playTime, ROUND_TRIP_ASSUMED_MS } from '#lib/replay/wizard/estimate-pace.ts';
import { capWords, durationEstimate, loadWords, meanWords } from '#lib/replay/wizard/pace-words.ts';
import { predictLoad } from '#lib/replay/wizard/predict-load.ts';
import { addRates, busiestUse, targetStrip } from '#lib/replay/wizard/target-strip.ts';
import { totalsWithin } from '#lib/replay/wizard/timeline-bars.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './replay-wizard.module.css';
import { LiveLoad, LiveSource } from './target-facts.tsx';
import { useSample } from './use-sample.ts';

const NO_SOURCE = { connection: '', bucket: '', prefix: '', timeZone: 'UTC', paddingMs: 0 };

/** What the pace comes to by the sample, as it is moved; the target's live load beside it. */
export function PaceEstimatePanel(props: {
  readonly run: Pick<ReplayView, 'quarantineOf'>;
  readonly draft: ReplayDraft;
  readonly target: TargetView | null;
}) {
  const { run, draft, target } = props;
  const trpc = useTRPC();
  const { query: sample } = useSample(run, draft, true);
  const timeline = useQuery(
    trpc.archives.timeline.queryOptions(
      { source: draft.source ?? NO_SOURCE, window: null },
      {
        enabled: run.quarantineOf === null && draft.source !== null,
        retry: false,
        staleTime: 60_000,
      },
    ),
  );
  const { data: sampled } = sample;
  const buckets = timeline.data?.buckets;
  const totals = buckets === undefined ? null : totalsWithin(buckets, draft.window);
  const withinBytes = totals === null ? null : totals.bytes + (timeline.data?.undated.bytes ?? 0);
  const load = useMemo(
    () =>
      sampled === undefined || withinBytes === null || target === null
        ? null
        : predictLoad(sampled, { bytes: withinBytes }, target.shards),
    [sampled, withinBytes, target],
  );
  const missing =
    run.quarantineOf !== null
      ? 'How long it takes is told by the plan, which reads what lies in quarantine.'
      : missingWords(draft, {
          failure: sample.error?.message ?? timeline.error?.message ?? null,
          isRead: sampled !== undefined && withinBytes !== null && target !== null,
          hasLoad: load !== null,
        });
  if (missing !== null || load === null || target === null || buckets === undefined) {
    return (
      <div className={classes.estimate} role="status">
        <p>{missing}</p>
      </div>
    );
  }
  const { pace, order, window } = draft;
  const estimate = estimatePace({
    load,
    shards: target.shards,
    pace,
    order: order ?? 'none',
    playMs: pace.pace.kind === 'timed' ? playTime(buckets, window, pace.idleGapMs) : null,
  });
  const { duration } = estimate;
  const shardIds = target.shards.map(({ shardId }) => shardId);
  const seconds = duration === null || !Number.isFinite(duration.ms) ? null : duration.ms / 1_000;
  const carried = target.shards.map(({ start, end, live }, i) => {
    const sent = load.shards[i];
    const rates =
      live === null || sent === undefined || seconds === null || seconds === 0
        ? null
        : addRates(live, {
            bytesPerSecond: sent.bytes / seconds,
            recordsPerSecond: sent.records / seconds,
          });
    return { start, end, rates };
  });
  return (
    <section className={classes.estimate} aria-label="What this pace comes to">
      <p className={classes.figure} role="status">
        {durationEstimate(estimate)}
      </p>
      {duration !== null && <p>{durationBoundWords(duration.bound, shardIds, true)}</p>}
      <FactList
        narrowColumns={2}
        facts={[
          { name: 'Sent', value: loadWords(load) },
          {
            name: 'On average',
            value: meanWords(estimate) ?? <Unknown reason="it would never end" />,
          },
          {
            name: 'May take',
            value: capWords(estimate) ?? (
              <Unknown reason="live traffic of a shard is not known, and no cap is set" />
            ),
            detail: 'Of all shards together, at the live traffic of now',
          },
          { name: 'Live traffic', value: <LiveLoad target={target} /> },
        ]}
      />
      <PlannedStrip
        label="Live traffic and the replay together"
        cells={targetStrip(carried)}
        shardCount={target.shards.length}
        busiestUse={busiestUse(carried)}
      />
      <LiveSource target={target} />
      <Quiet>
        By a sample of some objects and {totals?.isWhole === true ? 'all' : 'at least the counted'}{' '}
        bytes of the window; keys but the largest are taken as evenly spread
        {order === 'none' || order === null
          ? ''
          : `, and an answer as taking ${ROUND_TRIP_ASSUMED_MS} ms`}
        . The plan looks closer.
      </Quiet>
    </section>
  );
}

function missingWords(
  { source, transform, target }: ReplayDraft,
  known: { readonly failure: string | null; readonly isRead: boolean; readonly hasLoad: boolean },
): string | null {
  if (source === null) return 'How long it takes is told once an archive is chosen: step 1.';
  if (transform === null) return 'How long it takes is told once a format is chosen: step 2.';
  if (target === null) return 'How long it takes is told once a target is chosen: step 4.';
  if (known.failure !== null) return `How long it takes is not known: ${known.failure}`;
  if (!known.isRead) return 'Working out how long it takes…';
  return known.hasLoad
    ? null
    : 'Nothing of the sample would be sent, so nothing is known of how long it takes. See steps 2 and 3.';
}
