'use client';

import { useQuery } from '@tanstack/react-query';
import { HealthMark } from '#components/primitives/health-mark.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { formatAge } from '#lib/format/age.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import {
  outcomeWords,
  refusalWords,
  spanWords,
  VERDICT_LEVELS,
  VERDICT_WORDS,
} from '#lib/reshard/watch-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { FollowTable } from './follow-table.tsx';
import classes from './operations-page.module.css';
import { UseWatch } from './use-watch.tsx';

const ASK_AGAIN_MS = 4_000;
/** What has settled hardly changes, and of a wide stream it is much to read. */
const ASK_AGAIN_LATE_MS = 60_000;

/** How a reshard has turned out: consumers, refusals, and predicted against actual use. */
export function WatchSection({ jobId }: { readonly jobId: number }) {
  const trpc = useTRPC();
  const zone = useZone();
  const nowMs = useServerNow();
  const { data, error } = useQuery(
    trpc.reshard.watch.queryOptions(
      { jobId },
      {
        refetchInterval: ({ state }) =>
          state.data?.verdict === 'settled' || state.data?.span.isOver === true
            ? ASK_AGAIN_LATE_MS
            : ASK_AGAIN_MS,
      },
    ),
  );
  // Cancelled, or stopped, before its first step was done.
  const isIdle = data?.isOver === true && data.childCount + data.unseenCount === 0;
  return (
    <PageSection
      title="Afterwards"
      beside={
        data !== undefined &&
        !isIdle && (
          <>
            <HealthMark
              level={VERDICT_LEVELS[data.verdict]}
              word={data.isOver ? VERDICT_WORDS[data.verdict] : 'Under way'}
            />
            <Quiet role="status">{outcomeWords(data)}</Quiet>
          </>
        )
      }
    >
      {error !== null && (
        <p role="alert">
          {error.message}
          {data !== undefined && ` Below is what was read ${formatAge(nowMs - data.readAtMs)} ago.`}
        </p>
      )}
      {data === undefined ? (
        error === null && <Quiet>What came of it is being read.</Quiet>
      ) : isIdle ? (
        <p>No step of it was done: the shards are as they were, as far as it is concerned.</p>
      ) : (
        <>
          <Quiet>
            {countOf(data.parentCount, 'shard was', 'shards were')} closed,{' '}
            {formatCount(data.childCount)} made and left open
            {data.unseenCount > 0 && `; ${formatCount(data.unseenCount)} more are not listed yet`}.{' '}
            {spanWords(data, zone)} From the store, read {formatAge(nowMs - data.readAtMs)} ago.
          </Quiet>
          <h3 className={classes.heading}>Consumers</h3>
          <FollowTable applications={data.applications} />
          <h3 className={classes.heading}>Refused records</h3>
          <p>{refusalWords(data)} CloudWatch, of the stream as a whole.</p>
          {data.use !== null && <UseWatch use={data.use} />}
        </>
      )}
    </PageSection>
  );
}
