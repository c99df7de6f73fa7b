import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NoReplay } from '#components/replays/no-replay.tsx';
import { ReplayPage } from '#components/replays/replay-page.tsx';
import { apiCaller } from '#server/web/caller.ts';

type ReplayRouteProps = { params: Promise<{ id: string }> };

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: ReplayRouteProps): Promise<Metadata> {
  return { title: `Replay ${(await params).id}` };
}

export default async function ReplayRoute({ params }: ReplayRouteProps) {
  const { id } = await params;
  if (!/^[1-9]\d{0,8}$/.test(id)) notFound();
  try {
    return <ReplayPage initial={await apiCaller().replays.get({ id: Number(id) })} />;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') {
      return <NoReplay reason={error.message} />;
    }
    throw error;
  }
}
