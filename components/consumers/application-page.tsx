'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useCallback, useMemo } from 'react';
import { LatePart } from '#components/primitives/late-part.tsx';
import { PageFrame } from '#components/primitives/page-frame.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { useTimeView } from '#components/stream/use-time-view.ts';
import { RangePicker } from '#components/time/range-picker.tsx';
import type { ApplicationDetail } from '#lib/consumers/application-detail.ts';
import { useLagSpan } from '#lib/consumers/use-lag-span.ts';
import { useNews } from '#lib/consumers/use-news.ts';
import { keepsLeases } from '#lib/domain/consumers/application.ts';
import { freshness } from '#lib/domain/freshness.ts';
import { countOf } from '#lib/format/count.ts';
import { useFigureNow, useServerClock, useWatchedStream } from '#lib/live/live-provider.tsx';
import type { StreamDetail } from '#lib/live/stream-detail.ts';
import { fixedRange } from '#lib/time/time-range.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { ApplicationHeader } from './application-header.tsx';
import detail from './detail-table.module.css';
import { EventList } from './event-list.tsx';
import { LagSection } from './lag-section.tsx';
import { LeaseTable } from './lease-table.tsx';
import { WorkerTable } from './worker-table.tsx';

const RewindSection = dynamic(() =>
  import('#components/rewind/rewind-section.tsx').then((m) => m.RewindSection),
);

/** One consumer of a stream: how it is and what to do, its lag over shards and time, workers, leases and events. */
export function ApplicationPage(props: {
  readonly stream: StreamDetail;
  readonly initial: ApplicationDetail;
}) {
  const { initial } = props;
  const { connection, streamName, streamId, kind, name, applicationId } = initial;
  const trpc = useTRPC();
  const { row } = useWatchedStream(connection, streamName, props.stream);
  const news = row.consumers?.readAtMs ?? null;
  const { data, error, refetch } = useQuery(
    trpc.consumers.application.queryOptions({ streamId, kind, name }, { initialData: initial }),
  );
  useNews(news, refetch);
  const nowMs = useFigureNow();
  const fresh = freshness(data.collection, nowMs);
  const stale = fresh !== 'fresh' || data.goneAtMs !== null;
  const { range, setRange } = useTimeView();
  const serverNow = useServerClock();
  const withShards = keepsLeases(kind);
  const { lag, failure } = useLagSpan({ applicationId, range, withShards, news });
  const onSpan = useCallback(
    (fromMs: number, toMs: number) => setRange(fixedRange(fromMs, Math.min(toMs, serverNow()))),
    [setRange, serverNow],
  );
  const time = useMemo(() => ({ markMs: null, onSpan }), [onSpan]);

  return (
    <PageFrame>
      <ApplicationHeader application={data} fresh={fresh} failure={error?.message ?? null} />
      <LagSection
        lag={lag}
        failure={failure}
        retentionHours={data.retentionHours}
        withShards={withShards}
        stale={stale}
        time={time}
        picker={<RangePicker range={range} onRange={setRange} />}
      />
      {withShards && (
        <PageSection
          title="Workers"
          beside={<p className={detail.quiet}>{countOf(data.workers.length, 'worker')}</p>}
        >
          <WorkerTable workers={data.workers} />
        </PageSection>
      )}
      {withShards && <LeaseTable applicationId={applicationId} news={news} stale={stale} />}
      {kind === 'kcl' && (
        <LatePart>
          <RewindSection subject={{ applicationId, connection, name, streamArn: data.streamArn }} />
        </LatePart>
      )}
      <EventList applicationId={applicationId} news={news} />
    </PageFrame>
  );
}
