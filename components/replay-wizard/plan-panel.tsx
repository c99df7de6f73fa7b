'use client';

import { FactList } from '#components/primitives/fact-list.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { Unknown } from '#components/primitives/unknown.tsx';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { formatDollars } from '#lib/format/dollars.ts';
import { formatShare } from '#lib/format/percent.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { PlanView } from '#lib/replay/view/plan.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { errorWords, recordsWords } from '#lib/replay/wizard/plan-words.ts';
import { PRICE_BASIS } from '#lib/stream-admin/setting-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { DryRun } from './dry-run.tsx';
import { Findings } from './findings.tsx';
import classes from './replay-wizard.module.css';
import { SettingFacts } from './setting-facts.tsx';

/** What a plan found and foretells. */
export function PlanPanel({ run, plan }: { readonly run: ReplayView; readonly plan: PlanView }) {
  const nowMs = useServerNow();
  const { refusals, warnings } = plan;
  return (
    <>
      {refusals.length > 0 && (
        <p role="alert">
          It cannot be started as it is planned: see what stands against it, and change it.
        </p>
      )}
      <Findings refusals={refusals} warnings={warnings} />
      <PlanFacts plan={plan} />
      <p>{errorWords(plan)}</p>
      {plan.duration !== null && <p>{plan.duration.words}</p>}
      <PriceWords plan={plan} />
      <DryRun plan={plan} />
      <Quiet>
        Planned {formatAge(nowMs - plan.atMs)} ago, of S3 and Kinesis as they were then
        {plan.planHash !== null && (
          <>
            ; plan <span className={classes.mono}>{plan.planHash.slice(0, 12)}</span>, decoder{' '}
            {plan.decoderVersion}
          </>
        )}
      </Quiet>
      <details>
        <summary>What was decided</summary>
        <div className={classes.part}>
          <SettingFacts facts={run.facts} />
        </div>
      </details>
    </>
  );
}

function PlanFacts({ plan }: { readonly plan: PlanView }) {
  const zone = useZone();
  const { objects, storedBytes, listed, bytes, duration, shardsNeeded, times, sample, slices } =
    plan;
  const nothing = <Unknown reason="nothing of the sample would be sent" />;
  return (
    <FactList
      narrowColumns={2}
      facts={[
        {
          name: 'Objects',
          value: `${formatCount(objects)} of ${countOf(listed, 'listed key')}`,
        },
        { name: 'As stored', value: formatBytes(storedBytes) },
        { name: 'Will be sent', value: recordsWords(plan) ?? nothing, detail: errorWords(plan) },
        { name: 'Data with keys', value: bytes === null ? nothing : formatBytes(bytes) },
        {
          name: 'Takes',
          value:
            duration === null
              ? nothing
              : duration.ms === null
                ? 'never ends'
                : `about ${formatAge(duration.ms)}`,
          detail: duration?.words,
          critical: duration !== null && duration.ms === null,
        },
        {
          name: 'Shards needed',
          value:
            shardsNeeded === null
              ? nothing
              : `${formatCount(shardsNeeded)}; the target has ${formatCount(plan.target.shardCount)}`,
          detail: 'For this pace beside live traffic, evenly spread, with 30 % to spare',
        },
        {
          name: 'Price, once',
          value: plan.price === null ? nothing : formatDollars(plan.price.dollars),
          detail: PRICE_BASIS,
        },
        { name: 'Largest record of the sample', value: formatBytes(sample.largestRecordBytes) },
        {
          name: 'Heaviest key',
          value:
            sample.hottestKey === null
              ? nothing
              : `${sample.hottestKey.partitionKey ?? 'one key'}: ${formatShare(sample.hottestKey.share)}`,
        },
        { name: 'Workers can share', value: countOf(slices, 'slice') },
        {
          name: 'Archive',
          value:
            times === null ? (
              <Unknown reason="no key tells a time" />
            ) : (
              `${formatInstant(times.fromMs, zone)} to ${formatInstant(times.toMs, zone)}`
            ),
        },
      ]}
    />
  );
}

function PriceWords({ plan: { price } }: { readonly plan: PlanView }) {
  if (price === null) return null;
  const parts = price.parts.filter(({ dollars }) => dollars > 0);
  return (
    <Quiet>
      Price:{' '}
      {parts.length === 0
        ? 'nothing that is charged'
        : parts.map(({ what, dollars }) => `${what} ${formatDollars(dollars)}`).join(', ')}
      . {PRICE_BASIS} Shards and hours of the target cost the same without it.
    </Quiet>
  );
}
