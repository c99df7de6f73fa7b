'use client';

import { PageFrame, PageHead } from '#components/primitives/page-frame.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { JobCard } from '#components/reshard/job-card.tsx';
import type { ReshardJobDetail } from '#lib/reshard/job-view.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { StepList } from './step-list.tsx';
import { WatchSection } from './watch-section.tsx';

/** One reshard: what was done and why, and how it has turned out. */
export function OperationPage({ initial }: { readonly initial: ReshardJobDetail }) {
  const { id, connection, streamName } = initial;
  return (
    <PageFrame>
      <PageHead
        title={`Operation ${id}`}
        about={
          <Quiet>
            Reshard of{' '}
            <PageLink href={`${streamHref(connection, streamName)}?tab=reshard`}>
              {streamName}
            </PageLink>{' '}
            on {connection}
          </Quiet>
        }
      >
        <PageLink href="/operations">All operations</PageLink>
      </PageHead>
      <PageSection title="What was done">
        <JobCard job={initial} isPage />
        <StepList initial={initial} />
      </PageSection>
      <WatchSection jobId={id} />
    </PageFrame>
  );
}
