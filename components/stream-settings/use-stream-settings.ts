'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { showToast } from '#components/toasts/toast-queue.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/**
 * The settings of a stream, asked of AWS when they are opened, on demand, and when what the collector tells of
 * the stream changes: a change made here is seen by itself, and so is one made elsewhere.
 */
export function useStreamSettings(row: StreamRow) {
  const trpc = useTRPC();
  const target = targetOf(row);
  const options = trpc.streamAdmin.settings.queryOptions(target, { retry: false, gcTime: 60_000 });
  const settings = useQuery({ ...options, refetchOnMount: 'always' });

  const told = [
    row.status,
    row.mode,
    row.retentionHours,
    row.encryption,
    row.consumerCount,
    row.openShardCount,
  ].join();
  const before = useRef(told);
  const { refetch } = settings;
  useEffect(() => {
    if (before.current === told) return;
    before.current = told;
    void refetch();
  }, [told, refetch]);
  return settings;
}

/** What is done after a change succeeded: said, and the settings read again. */
export function useAfterChange(row: StreamRow) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const key = trpc.streamAdmin.settings.queryKey(targetOf(row));
  return useCallback(
    (title: string, outcome: { readonly answered: boolean }) => {
      const found = outcome.answered
        ? 'AWS has accepted it; the stream may be UPDATING for some seconds.'
        : 'The answer of AWS was lost; the stream was described since, and it is done.';
      showToast({ title, message: found });
      return queryClient.invalidateQueries({ queryKey: key });
    },
    [queryClient, key],
  );
}

export function targetOf({ connection, streamName, streamId }: StreamRow) {
  return { connection, streamName, streamId };
}
