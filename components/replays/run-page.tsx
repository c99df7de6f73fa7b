'use client';

import { JournalAge } from '#components/jobs/journal-age.tsx';
import { EntityHeader } from '#components/primitives/entity-header.tsx';
import { FactList } from '#components/primitives/fact-list.tsx';
import { HealthLine } from '#components/primitives/health-line.tsx';
import { PageFrame } from '#components/primitives/page-frame.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { SettingFacts } from '#components/replay-wizard/setting-facts.tsx';
import { isRunOver } from '#lib/domain/replay/job/run-state.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { runStatus } from '#lib/replay/run-status.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { AccountSection } from './account-section.tsx';
import { EventLog } from './event-log.tsx';
import { ProgressSection } from './progress-section.tsx';
import { QuarantineSection } from './quarantine-section.tsx';
import { RateSection } from './rate-section.tsx';
import { ReceiptSection } from './receipt-section.tsx';
import { RunControls } from './run-controls.tsx';
import { StateMark } from './state-mark.tsx';
import { TargetSection } from './target-section.tsx';
import type { RunQuery } from './use-run.ts';

/** A replay that was started: what is wrong first, then how far it is, how fast, and what became of each record. */
export function RunPage({ run, failure }: RunQuery) {
  const zone = useZone();
  const nowMs = useServerNow();
  const status = runStatus(run);
  const over = isRunOver(run.state);
  const target = run.target;
  return (
    <PageFrame>
      <EntityHeader
        crumbs={[{ text: 'Replays', href: '/replays' }]}
        name={`Replay ${run.id}`}
        beside={<StateMark {...status} />}
        reading={<JournalAge readAtMs={run.readAtMs} failure={failure} />}
      >
        {run.failure !== null && (
          <HealthLine
            level={run.state === 'failed' ? 'critical' : 'warning'}
            word={run.state === 'failed' ? 'Stopped' : 'Something is wrong'}
          >
            {run.failure.words} ({formatAge(nowMs - run.failure.sinceMs)} ago)
          </HealthLine>
        )}
        {status.words !== null && (
          <p>
            {status.words}
            {status.sinceMs !== null && ` So for ${formatAge(nowMs - status.sinceMs)}.`}
          </p>
        )}
        <FactList
          narrowColumns={1}
          facts={[
            ...(target === null
              ? []
              : [
                  {
                    name: 'Into',
                    value: (
                      <PageLink href={streamHref(target.connection, target.streamName)}>
                        {target.streamName}
                      </PageLink>
                    ),
                    detail: run.isTargetSource
                      ? 'The stream that the archive was made of'
                      : `On ${target.connection}`,
                  },
                ]),
            { name: 'Reason', value: run.purpose ?? 'none was given' },
            { name: 'Started by', value: startedWords(run, zone) },
            ...(run.endedAtMs === null
              ? []
              : [{ name: 'Ended', value: formatInstant(run.endedAtMs, zone) }]),
            ...(run.copiedFrom === null
              ? []
              : [
                  {
                    name: 'Begun from',
                    value: (
                      <PageLink href={`/replays/${run.copiedFrom}`}>
                        Replay {run.copiedFrom}
                      </PageLink>
                    ),
                  },
                ]),
            ...(run.quarantineOf === null
              ? []
              : [
                  {
                    name: 'Sends',
                    value: (
                      <PageLink href={`/replays/${run.quarantineOf}`}>
                        the quarantine of replay {run.quarantineOf}
                      </PageLink>
                    ),
                  },
                ]),
          ]}
        />
        <RunControls run={run} />
      </EntityHeader>
      {over && <ReceiptSection run={run} />}
      <ProgressSection run={run} />
      <RateSection run={run} />
      <AccountSection run={run} />
      <QuarantineSection run={run} />
      <TargetSection run={run} />
      <PageSection title="What was set">
        <SettingFacts facts={run.facts} />
      </PageSection>
      <EventLog run={run} />
    </PageFrame>
  );
}

function startedWords({ startedBy, startedAtMs, createdBy }: ReplayView, zone: string): string {
  if (startedBy === null || startedAtMs === null) return `nobody yet; drafted by ${createdBy}`;
  const drafted = createdBy === startedBy ? '' : `, drafted by ${createdBy}`;
  return `${startedBy}, ${formatInstant(startedAtMs, zone)}${drafted}`;
}
