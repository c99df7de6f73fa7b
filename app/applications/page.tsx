import type { Metadata } from 'next';
import { ApplicationsPage } from '#components/consumers/applications-page.tsx';
import { apiCaller } from '#server/web/caller.ts';

export const metadata: Metadata = { title: 'Applications' };

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export default async function ApplicationsRoute() {
  return <ApplicationsPage initial={await apiCaller().consumers.applications()} />;
}
