'use client';

import { useQuery } from '@tanstack/react-query';
import { StopAllButton } from '#components/jobs/stop-all-button.tsx';
import { Message } from '#components/primitives/message.tsx';
import { PageTitle } from '#components/primitives/page-title.tsx';
import { JobCard } from '#components/reshard/job-card.tsx';
import { isOver } from '#lib/domain/reshard/job/job-state.ts';
import { formatAge } from '#lib/format/age.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { ReshardJobs, ReshardJobView } from '#lib/reshard/job-view.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './operations-page.module.css';

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
  const nowMs = useServerNow();
  const underWay = data.jobs.filter(({ state }) => !isOver(state));
  const past = data.jobs.filter(({ state }) => isOver(state)).slice(0, PAST_SHOWN);
  const age = formatAge(nowMs - data.readAtMs);
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <PageTitle>Operations</PageTitle>
        <p className={classes.source} role="status">
          {error === null
            ? `Own journal, read ${age} ago`
            : `Not read again: ${error.message} Below is what was read ${age} ago.`}
        </p>
        <StopAllButton />
      </div>
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
    </div>
  );
}

function Jobs(props: {
  readonly title: string;
  readonly none: string;
  readonly jobs: readonly ReshardJobView[];
}) {
  return (
    <section className={classes.section} aria-label={props.title}>
      <h2 className={classes.subtitle}>{props.title}</h2>
      {props.jobs.length === 0 && <p>{props.none}</p>}
      {props.jobs.map((job) => (
        <JobCard key={job.id} job={job} withStream />
      ))}
    </section>
  );
}
