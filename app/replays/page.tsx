import type { Metadata } from 'next';
import { ReplaysPage } from '#components/replays/replays-page.tsx';
import { apiCaller } from '#server/web/caller.ts';

export const metadata: Metadata = { title: 'Replays' };

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export default async function ReplaysRoute() {
  return <ReplaysPage initial={await apiCaller().replays.list()} />;
}
