import { TRPCError } from '@trpc/server';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { NoOperation } from '#components/operations/no-operation.tsx';
import { OperationPage } from '#components/operations/operation-page.tsx';
import { apiCaller } from '#server/web/caller.ts';

type OperationRouteProps = { params: Promise<{ id: string }> };

/** Each answer carries a nonce and the state of now. */
export const dynamic = 'force-dynamic';

export async function generateMetadata({ params }: OperationRouteProps): Promise<Metadata> {
  return { title: `Operation ${(await params).id}` };
}

export default async function OperationRoute({ params }: OperationRouteProps) {
  const { id } = await params;
  if (!/^[1-9]\d{0,8}$/.test(id)) notFound();
  try {
    return <OperationPage initial={await apiCaller().reshard.get({ jobId: Number(id) })} />;
  } catch (error) {
    if (error instanceof TRPCError && error.code === 'NOT_FOUND') {
      return <NoOperation reason={error.message} />;
    }
    throw error;
  }
}
