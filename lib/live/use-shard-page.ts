'use client';

import { useQuery } from '@tanstack/react-query';
import { ALONE } from '#lib/trpc/make-client.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import type { PeriodAt } from './figure-period.ts';
import { type Pulse, viewInput, viewKey } from './pulse.ts';
import type { ShardPage, ShardRowsWanted } from './shard-page.ts';

const KEPT_MS = 10_000;

/**
 * Rows of the shard table, read again with each pulse. While others are read, the last ones stand; all rows
 * of an answer are of one period.
 *
 * @param initial what the page was rendered with, and what that answered to
 */
export function useShardPage(args: {
  readonly pulse: Pulse;
  readonly at: PeriodAt | null;
  readonly wanted: ShardRowsWanted;
  readonly initial: { readonly page: ShardPage; readonly wanted: ShardRowsWanted } | null;
}): {
  readonly page: ShardPage | null;
  /** `page` is what was asked for before. */
  readonly reading: boolean;
  readonly failure: string | null;
} {
  const { pulse, at, wanted, initial } = args;
  const client = useTRPCClient();
  const wantedKey = JSON.stringify(wanted);
  const first = initial?.page.streamId === pulse.streamId ? initial : null;
  const query = useQuery({
    queryKey: ['shards', viewKey(pulse, at), wantedKey],
    queryFn: ({ signal }) =>
      client.streams.shards.query({ ...viewInput(pulse, at), ...wanted }, { ...ALONE, signal }),
    enabled:
      pulse.topologyId !== null &&
      !(first !== null && answers(first.page, pulse, at) && wantedKey === keyOf(first.wanted)),
    placeholderData: (previous) => (previous?.streamId === pulse.streamId ? previous : first?.page),
    gcTime: KEPT_MS,
    structuralSharing: false,
  });
  return {
    page: query.data ?? null,
    reading: query.isPlaceholderData && query.fetchStatus === 'fetching',
    failure: query.error?.message ?? null,
  };
}

function keyOf(wanted: ShardRowsWanted): string {
  return JSON.stringify(wanted);
}

function answers(page: ShardPage, pulse: Pulse, at: PeriodAt | null): boolean {
  return (
    at === null &&
    page.topologyId === pulse.topologyId &&
    (page.period?.periodStartMs ?? null) === pulse.periodStartMs &&
    (page.period?.collectedAtMs ?? null) === pulse.collectedAtMs
  );
}
