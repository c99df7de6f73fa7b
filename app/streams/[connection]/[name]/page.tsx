import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { NoStream } from '#components/stream/no-stream.tsx';
import { StreamPage } from '#components/stream/stream-page.tsx';
import { decodeSegment } from '#lib/streams/decode-segment.ts';
import { readStreamPage } from './read-stream-page.ts';

type StreamRouteProps = {
  params: Promise<{ connection: string; name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: StreamRouteProps): Promise<Metadata> {
  return { title: decodeSegment((await params).name) };
}

export default async function StreamRoute({ params, searchParams }: StreamRouteProps) {
  const { connection, name } = await params;
  const input = {
    connection: decodeSegment(connection),
    streamName: decodeSegment(name),
  };
  try {
    const initial = await readStreamPage(input, await searchParams);
    return <StreamPage key={`${connection}/${name}`} initial={initial} />;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') {
      return <NoStream {...input} reason={error.message} />;
    }
    throw error;
  }
}
