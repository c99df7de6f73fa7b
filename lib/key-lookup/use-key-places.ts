'use client';

import { useQuery } from '@tanstack/react-query';
import type { HashKey } from '#lib/domain/hash-key.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import { KEYS_PER_CALL_MAX } from './key-batch.ts';

/** The open shard of each key, in their order; null where a hole of the ring holds it. */
export function useKeyPlaces(
  streamId: number,
  topologyId: number | null,
  keys: readonly HashKey[],
): { readonly shardIds: readonly (string | null)[] | null; readonly failure: string | null } {
  const client = useTRPCClient();
  const hashKeys = keys.map(String);
  const query = useQuery({
    queryKey: ['key-places', streamId, topologyId, hashKeys],
    queryFn: async ({ signal }) => {
      const calls = [];
      for (let i = 0; i < hashKeys.length; i += KEYS_PER_CALL_MAX) {
        const some = hashKeys.slice(i, i + KEYS_PER_CALL_MAX);
        calls.push(client.lineage.keyPlaces.query({ streamId, hashKeys: some }, { signal }));
      }
      const answers = await Promise.all(calls);
      const [first] = answers;
      if (answers.some((answer) => answer.topologyId !== first?.topologyId)) {
        throw new Error('The shards changed while the keys were looked up. Look them up again.');
      }
      return answers.flatMap((answer) => answer.shardIds);
    },
    enabled: hashKeys.length > 0 && topologyId !== null,
  });
  return { shardIds: query.data ?? null, failure: query.error?.message ?? null };
}
