'use client';

import { PageLink } from '#components/primitives/page-link.tsx';
import { PageTitle } from '#components/primitives/page-title.tsx';
import { JobCard } from '#components/reshard/job-card.tsx';
import type { ReshardJobDetail } from '#lib/reshard/job-view.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import classes from './operations-page.module.css';
import { StepList } from './step-list.tsx';
import { WatchSection } from './watch-section.tsx';

/** One reshard: what was done and why, and how it has turned out. */
export function OperationPage({ initial }: { readonly initial: ReshardJobDetail }) {
  const { id, connection, streamName } = initial;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageTitle>Operation {id}</PageTitle>
        <p className={classes.source}>
          Reshard of{' '}
          <PageLink href={`${streamHref(connection, streamName)}?tab=reshard`}>
            {streamName}
          </PageLink>{' '}
          on {connection}
        </p>
        <PageLink href="/operations">All operations</PageLink>
      </div>
      <section className={classes.section} aria-labelledby="done">
        <h2 className={classes.subtitle} id="done">
          What was done
        </h2>
        <JobCard job={initial} isPage />
        <StepList initial={initial} />
      </section>
      <WatchSection jobId={id} />
    </div>
  );
}
