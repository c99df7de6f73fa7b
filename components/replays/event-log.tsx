'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { useNews } from '#lib/consumers/use-news.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import classes from './replays.module.css';

/** What happened to it, and who did it; newest first. */
export function EventLog({ run }: { readonly run: ReplayView }) {
  const client = useTRPCClient();
  const zone = useZone();
  const nowMs = useServerNow();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: ['replay-events', run.id],
      queryFn: ({ signal, pageParam }) =>
        client.replays.events.query({ id: run.id, before: pageParam }, { signal }),
      initialPageParam: null as number | null,
      getNextPageParam: ({ next }) => next,
    },
  );
  useNews(run.changedAtMs, refetch);
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <PageSection
      title="Events"
      beside={error !== null && <Quiet>Not read again: {error.message}</Quiet>}
    >
      {data === undefined && error === null && <Quiet>Reading its journal…</Quiet>}
      {events.length > 0 && (
        <ol
          className={classes.events}
          aria-label="Events, newest first"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
          tabIndex={0}
        >
          {events.map(({ id, atMs, words, actor }) => (
            <li key={id}>
              <time
                dateTime={new Date(atMs).toISOString()}
                title={`${formatAge(nowMs - atMs)} ago`}
              >
                {formatInstant(atMs, zone)}
              </time>
              <span>{words}</span>
              <Quiet as="span">{actor ?? 'by itself'}</Quiet>
            </li>
          ))}
        </ol>
      )}
      {hasNextPage && (
        <div>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </PageSection>
  );
}
