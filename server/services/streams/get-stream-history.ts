import type { StreamHistory } from '#lib/live/stream-detail.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

export async function getStreamHistory(_args: {
  ctx: ServiceContext;
  input: { readonly streamId: number; readonly fromMs: number; readonly toMs: number };
}): Promise<StreamHistory> {
  throw new Error('being written');
}
