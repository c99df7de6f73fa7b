'use client';

import { useQuery } from '@tanstack/react-query';
import type { HashKey } from '#lib/domain/hash-key.ts';
import type { KeyHolders } from '#lib/lineage/lineage-map.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';

/** Which shards hold, or held, a hash key; read again when the topology changes. @param key null for none */
export function useKeyHolders(
  streamId: number,
  topologyId: number | null,
  key: HashKey | null,
): { readonly found: KeyHolders | null; readonly failure: string | null } {
  const client = useTRPCClient();
  const hashKey = key === null ? null : String(key);
  const query = useQuery({
    queryKey: ['key-holders', streamId, hashKey, topologyId],
    queryFn: ({ signal }) =>
      hashKey === null ? null : client.lineage.keyHolders.query({ streamId, hashKey }, { signal }),
    enabled: hashKey !== null && topologyId !== null,
    placeholderData: (previous, last) =>
      last?.queryKey[1] === streamId && last.queryKey[2] === hashKey ? previous : undefined,
  });
  return {
    found: hashKey === null ? null : (query.data ?? null),
    failure: query.error?.message ?? null,
  };
}
