'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import type { LineageShardView } from './lineage-map.ts';

/**
 * The life and family of a shard, read again when the topology changes.
 * @param topologyId the topology in force; null until shards have been listed
 */
export function useLineageShard(
  streamId: number,
  topologyId: number | null,
  shardId: string,
): { readonly life: LineageShardView | null; readonly failure: string | null } {
  const client = useTRPCClient();
  const query = useQuery({
    queryKey: ['lineage-shard', streamId, shardId, topologyId],
    queryFn: ({ signal }) => client.lineage.shard.query({ streamId, shardId }, { signal }),
    enabled: topologyId !== null,
    placeholderData: (previous, last) =>
      last?.queryKey[1] === streamId && last.queryKey[2] === shardId ? previous : undefined,
    // A shard that is not there will not be there in a second.
    retry: false,
  });
  return { life: query.data ?? null, failure: query.error?.message ?? null };
}
