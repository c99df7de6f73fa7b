import type { Metadata } from 'next';
import { OperationsPage } from '#components/operations/operations-page.tsx';
import { apiCaller } from '#server/web/caller.ts';

export const metadata: Metadata = { title: 'Operations' };

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export default async function OperationsRoute() {
  return <OperationsPage initial={await apiCaller().reshard.list()} />;
}
