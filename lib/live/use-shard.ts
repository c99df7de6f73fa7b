'use client';

import { useQuery } from '@tanstack/react-query';
import { ALONE } from '#lib/trpc/make-client.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import type { PeriodAt } from './figure-period.ts';
import { type Pulse, viewInput, viewKey } from './pulse.ts';
import type { ShardDetail } from './shard-page.ts';

const KEPT_MS = 10_000;

/** Which shard is meant, where no step is taken from another. */
export type ShardWanted =
  | { readonly by: 'id'; readonly shardId: string }
  | { readonly by: 'key'; readonly hashKey: string }
  | { readonly by: 'place'; readonly place: number };

/**
 * One shard with its exact figures, read again with each pulse; while it is read again the last answer of the
 * same shard stands.
 *
 * @param wanted null for none
 */
export function useShard(
  pulse: Pulse,
  at: PeriodAt | null,
  wanted: ShardWanted | null,
): { readonly detail: ShardDetail | null; readonly failure: string | null } {
  const client = useTRPCClient();
  const wantedKey = JSON.stringify(wanted);
  const query = useQuery({
    queryKey: ['shard', viewKey(pulse, at), wantedKey],
    queryFn: ({ signal }) =>
      wanted === null
        ? null
        : client.streams.shard.query(
            { ...viewInput(pulse, at), choice: wanted },
            { ...ALONE, signal },
          ),
    enabled: wanted !== null && pulse.topologyId !== null,
    placeholderData: (previous, last) =>
      last?.queryKey[2] === wantedKey && previous?.streamId === pulse.streamId
        ? previous
        : undefined,
    gcTime: KEPT_MS,
    structuralSharing: false,
    // A shard that is not there will not be there in a second.
    retry: false,
  });
  return {
    detail: wanted === null ? null : (query.data ?? null),
    failure: query.error?.message ?? null,
  };
}
