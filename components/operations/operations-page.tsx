'use client';

import { useQuery } from '@tanstack/react-query';
import { JournalAge } from '#components/jobs/journal-age.tsx';
import { StopAllButton } from '#components/jobs/stop-all-button.tsx';
import { Message } from '#components/primitives/message.tsx';
import { PageFrame, PageHead } from '#components/primitives/page-frame.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { JobCard } from '#components/reshard/job-card.tsx';
import { isOver } from '#lib/domain/reshard/job/job-state.ts';
import type { ReshardJobs, ReshardJobView } from '#lib/reshard/job-view.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

const ASK_AGAIN_MS = 2_000;
/** Of those that are over. */
const PAST_SHOWN = 20;

/** What is being done to streams, and what was: with who, why and how far, and one button that stops all. */
export function OperationsPage({ initial }: { readonly initial: ReshardJobs }) {
  const trpc = useTRPC();
  const { data, error } = useQuery(
    trpc.reshard.list.queryOptions(undefined, {
      refetchInterval: ASK_AGAIN_MS,
      initialData: initial,
    }),
  );
  const underWay = data.jobs.filter(({ state }) => !isOver(state));
  const past = data.jobs.filter(({ state }) => isOver(state)).slice(0, PAST_SHOWN);
  return (
    <PageFrame>
      <PageHead
        title="Operations"
        about={<JournalAge readAtMs={data.readAtMs} failure={error?.message ?? null} />}
      >
        <StopAllButton />
      </PageHead>
      {data.jobs.length === 0 ? (
        <Message title="Nothing was resharded from here yet">
          <p>
            Open a stream and its tab Reshard: a split, a merge or another number of shards is
            planned and shown there before anything is done.
          </p>
        </Message>
      ) : (
        <>
          <Jobs title="Under way" none="Nothing is under way." jobs={underWay} />
          <Jobs title="Past" none="None is over yet." jobs={past} />
        </>
      )}
    </PageFrame>
  );
}

function Jobs(props: {
  readonly title: string;
  readonly none: string;
  readonly jobs: readonly ReshardJobView[];
}) {
  return (
    <PageSection title={props.title}>
      {props.jobs.length === 0 && <p>{props.none}</p>}
      {props.jobs.map((job) => (
        <JobCard key={job.id} job={job} withStream />
      ))}
    </PageSection>
  );
}
