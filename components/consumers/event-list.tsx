'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from '#components/primitives/button.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { eventWords } from '#lib/consumers/event-words.ts';
import { useNews } from '#lib/consumers/use-news.ts';
import { formatAge } from '#lib/format/age.ts';
import { shortenShardIds } from '#lib/format/shard-id.ts';
import { formatDay, formatInstant, wallTime } from '#lib/format/time.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import { useZone } from '#lib/time/zone-provider.tsx';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import detail from './detail-table.module.css';
import classes from './event-list.module.css';

const EVENTS_PER_ANSWER = 20;

/** What happened to an application, newest first: owners that changed, stalls that began and ended. */
export function EventList(props: { readonly applicationId: number; readonly news: number | null }) {
  const { applicationId, news } = props;
  const client = useTRPCClient();
  const zone = useZone();
  const tickMs = useServerNow();
  const nowMs = usePause().pausedAtMs ?? tickMs;
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    {
      queryKey: ['application-events', applicationId],
      queryFn: ({ signal, pageParam }) =>
        client.consumers.events.query(
          { applicationId, beforeId: pageParam, limit: EVENTS_PER_ANSWER },
          { signal },
        ),
      initialPageParam: null as number | null,
      getNextPageParam: (page) => (page.hasMore ? (page.events.at(-1)?.id ?? null) : null),
    },
  );
  useNews(news, refetch);
  const events = data?.pages.flatMap((page) => page.events) ?? [];
  const today = formatDay(nowMs, zone);
  return (
    <PageSection
      title="Events"
      beside={
        <p className={detail.quiet}>
          {error === null ? 'as seen from reading to reading' : `Not read again: ${error.message}`}
        </p>
      }
    >
      {data !== undefined && events.length === 0 && (
        <p className={detail.none}>
          Nothing has happened since it was found: no lease changed its owner, none stalled or came
          back.
        </p>
      )}
      {events.length > 0 && (
        <ol
          className={classes.list}
          aria-label="Events, newest first"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keyboard
          tabIndex={0}
        >
          {events.map(({ id, event }) => (
            <li key={id} className={classes.event}>
              <time
                className={classes.time}
                dateTime={new Date(event.atMs).toISOString()}
                title={`${formatInstant(event.atMs, zone)}, ${formatAge(nowMs - event.atMs)} ago`}
              >
                {formatDay(event.atMs, zone) === today
                  ? wallTime(event.atMs, zone).slice(11)
                  : wallTime(event.atMs, zone).slice(5)}
              </time>
              <span>{shortenShardIds(eventWords(event))}</span>
            </li>
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          Show earlier ones
        </Button>
      )}
    </PageSection>
  );
}
