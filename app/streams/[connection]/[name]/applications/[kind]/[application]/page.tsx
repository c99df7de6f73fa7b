import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ApplicationPage } from '#components/consumers/application-page.tsx';
import { NoApplication } from '#components/consumers/no-application.tsx';
import { CONSUMER_KINDS } from '#lib/domain/consumers/application.ts';
import { decodeSegment } from '#lib/streams/decode-segment.ts';
import { apiCaller } from '#server/web/caller.ts';

type ApplicationRouteProps = {
  params: Promise<{ connection: string; name: string; kind: string; application: string }>;
};

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: ApplicationRouteProps): Promise<Metadata> {
  const { name, application } = await params;
  return { title: `${decodeSegment(application)} of ${decodeSegment(name)}` };
}

export default async function ApplicationRoute({ params }: ApplicationRouteProps) {
  const segments = await params;
  const kind = CONSUMER_KINDS.find((each) => each === segments.kind);
  if (kind === undefined) notFound();
  const connection = decodeSegment(segments.connection);
  const streamName = decodeSegment(segments.name);
  const name = decodeSegment(segments.application);
  const { streams, consumers } = apiCaller();
  try {
    const stream = await streams.detail({ connection, streamName });
    const { streamId } = stream.row;
    const initial = await consumers.application({ streamId, kind, name });
    return <ApplicationPage key={initial.applicationId} stream={stream} initial={initial} />;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') {
      return <NoApplication {...{ connection, streamName, name }} reason={error.message} />;
    }
    throw error;
  }
}
