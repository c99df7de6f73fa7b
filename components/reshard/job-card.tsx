'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { Button } from '#components/primitives/button.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { isOver } from '#lib/domain/reshard/job/job-state.ts';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import { formatInstant } from '#lib/format/time.ts';
import type { JournalLine, ReshardJobDetail, ReshardJobView } from '#lib/reshard/job-view.ts';
import { JOB_STATE_WORDS } from '#lib/reshard/job-words.ts';
import { streamHref } from '#lib/streams/stream-href.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './reshard-tab.module.css';

const ASK_AGAIN_MS = 1_000;

/** One reshard: how far it is, what it waits for, its journal, and what can be done about it. */
export function JobCard(props: {
  readonly job: ReshardJobView;
  /** Names the stream, where it is not the page's. */
  readonly withStream?: boolean;
  /** The page is its own: what came of it stands there, too. */
  readonly isPage?: boolean;
}) {
  const { job, withStream = false, isPage = false } = props;
  const trpc = useTRPC();
  const zone = useZone();
  const { data } = useQuery(
    trpc.reshard.get.queryOptions(
      { jobId: job.id },
      {
        refetchInterval: ({ state }) =>
          state.data !== undefined && isOver(state.data.state) ? false : ASK_AGAIN_MS,
      },
    ),
  );
  const shown = data ?? job;
  const over = isOver(shown.state);
  return (
    <article className={classes.job} aria-labelledby={`reshard-${job.id}`}>
      <div className={classes.jobHead}>
        <h3 className={classes.subtitle} id={`reshard-${job.id}`}>
          {JOB_STATE_WORDS[shown.state]}: {formatCount(shown.stepsDone)} of{' '}
          {countOf(shown.stepCount, 'step')}
        </h3>
        {withStream && (
          <PageLink href={`${streamHref(shown.connection, shown.streamName)}?tab=reshard`}>
            {shown.streamName}
          </PageLink>
        )}
        {!isPage && (
          <PageLink href={`/operations/${shown.id}`}>
            {over ? 'What came of it' : 'Steps and consumers'}
          </PageLink>
        )}
        <Quiet as="span">
          {formatCount(shown.shardsBefore)} → {countOf(shown.shardsAfter, 'shard')}, begun by{' '}
          {shown.requestedBy} at {formatInstant(shown.requestedAtMs, zone)}
          {shown.purpose === null ? '' : `: ${shown.purpose}`}
        </Quiet>
      </div>
      {!over && (
        <progress
          className={classes.progress}
          max={shown.stepCount}
          value={shown.stepsDone}
          aria-label={`Steps of reshard ${job.id} that are done`}
        />
      )}
      <p role="status">
        {shortenShardIds(shown.reason?.words ?? '')}{' '}
        {shown.state === 'running' && data?.remainingMs != null && data.remainingMs > 0 && (
          <Quiet as="span">About {formatAge(data.remainingMs)} to go.</Quiet>
        )}
      </p>
      {over && <LayoutLinks job={shown} />}
      {!over && <Controls job={shown} ignoresLag={data?.ignoresLag ?? false} />}
      {data !== undefined && data.journal.length > 0 && <Journal detail={data} />}
    </article>
  );
}

/** Ways back, and on: each is a new plan, seen before it is begun. */
function LayoutLinks({ job }: { readonly job: ReshardJobView }) {
  return (
    <p className={classes.links}>
      {job.stepsDone > 0 && (
        <PageLink href={layoutHref(job, 'before')}>Plan back to the layout before it</PageLink>
      )}
      {job.state !== 'done' && (
        <PageLink href={layoutHref(job, 'after')}>Plan what is left of it anew</PageLink>
      )}
    </p>
  );
}

function layoutHref({ connection, streamName, id }: ReshardJobView, layout: 'before' | 'after') {
  return `${streamHref(connection, streamName)}?tab=reshard&goal=of-job&job=${id}&layout=${layout}` as const;
}

function Controls({
  job,
  ignoresLag,
}: {
  readonly job: ReshardJobView;
  readonly ignoresLag: boolean;
}) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const onSettled = async () => {
    await queryClient.invalidateQueries({ queryKey: trpc.reshard.pathKey() });
  };
  const control = useMutation(trpc.reshard.control.mutationOptions({ onSettled }));
  const replan = useMutation(
    trpc.reshard.control.mutationOptions({
      onSuccess: () => router.push(layoutHref(job, 'after')),
      onSettled,
    }),
  );
  const release = useMutation(trpc.reshard.releaseMerges.mutationOptions({ onSettled }));
  const jobId = job.id;
  const pending = control.isPending || replan.isPending || release.isPending;
  const failure = control.error ?? replan.error ?? release.error;
  return (
    <>
      <div className={classes.buttons}>
        {job.state === 'running' ? (
          <Button disabled={pending} onClick={() => control.mutate({ jobId, event: 'pause' })}>
            Pause after this step
          </Button>
        ) : (
          job.state !== 'cancelling' && (
            <Button disabled={pending} onClick={() => control.mutate({ jobId, event: 'resume' })}>
              Resume
            </Button>
          )
        )}
        {job.state !== 'cancelling' && (
          <Button disabled={pending} onClick={() => control.mutate({ jobId, event: 'cancel' })}>
            {job.state === 'running' ? 'Cancel after this step' : 'Cancel'}
          </Button>
        )}
        {job.state === 'held' && (
          <Button disabled={pending} onClick={() => replan.mutate({ jobId, event: 'cancel' })}>
            Cancel, and plan what is left anew
          </Button>
        )}
        {!ignoresLag && job.waitsForConsumers && job.state === 'running' && (
          <Button disabled={pending} onClick={() => release.mutate({ jobId })}>
            Merge though consumers are behind
          </Button>
        )}
      </div>
      {failure !== null && <p role="alert">{failure.message}</p>}
    </>
  );
}

/** What was done, line by line. */
function Journal({ detail }: { readonly detail: ReshardJobDetail }) {
  const zone = useZone();
  return (
    <details>
      <summary>Journal: {countOf(detail.journal.length, 'line')}</summary>
      <table className={classes.journal}>
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col">Step</th>
            <th scope="col">What</th>
          </tr>
        </thead>
        <tbody>
          {detail.journal.map((line) => (
            <tr key={`${line.atMs} ${line.kind} ${line.step} ${line.attempt}`}>
              <td>{formatInstant(line.atMs, zone)}</td>
              <td>
                {line.step + 1}. {detail.steps[line.step]?.words ?? ''}
              </td>
              <td>{lineWords(line)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function lineWords({ kind, attempt, answer, message }: JournalLine): string {
  switch (kind) {
    case 'intent':
      return `Called for${attempt !== null && attempt > 1 ? `, attempt ${attempt}` : ''}`;
    case 'answer':
      return `Answer: ${answer ?? 'none'}${message === null ? '' : `. ${message}`}`;
    case 'effect':
      return 'Done: the shards are as the step gives them';
    case 'resume':
      return 'Resumed by a person';
  }
}
