import type { Metadata } from 'next';
import { CostsPage } from '#components/costs/costs-page.tsx';
import { apiCaller } from '#server/web/caller.ts';

export const metadata: Metadata = { title: 'Cost & quotas' };

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export default async function CostsRoute() {
  const api = apiCaller();
  const [costs, quotas] = await Promise.all([api.costs.overview(), api.costs.quotas()]);
  return <CostsPage costs={costs} quotas={quotas} />;
}
