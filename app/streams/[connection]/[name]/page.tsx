import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { NoStream } from '#components/stream/no-stream.tsx';
import { StreamPage } from '#components/stream/stream-page.tsx';
import { decodeSegment } from '#lib/streams/decode-segment.ts';
import { apiCaller } from '#server/web/caller.ts';

type StreamRouteProps = { params: Promise<{ connection: string; name: string }> };

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: StreamRouteProps): Promise<Metadata> {
  return { title: decodeSegment((await params).name) };
}

export default async function StreamRoute({ params }: StreamRouteProps) {
  const { connection, name } = await params;
  const input = {
    connection: decodeSegment(connection),
    streamName: decodeSegment(name),
  };
  try {
    const initial = await apiCaller().streams.detail(input);
    return <StreamPage key={`${connection}/${name}`} initial={initial} />;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') {
      return <NoStream {...input} reason={error.message} />;
    }
    throw error;
  }
}
