'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** Its live load is of the last periods: asked again while it is looked at. */
const ASK_AGAIN_MS = 10_000;
/** A stream that is being created is there within seconds. */
const ASK_WHILE_CREATING_MS = 2_000;

/**
 * A stream as the replay would write to it, with its live load of now.
 * @param stream null: none is chosen
 */
export function useTarget(
  { source, sourceStreamArn }: Pick<ReplayDraft, 'source' | 'sourceStreamArn'>,
  stream: { readonly connection: string; readonly streamName: string } | null,
) {
  const trpc = useTRPC();
  return useQuery(
    trpc.replays.target.queryOptions(
      {
        connection: stream?.connection ?? '',
        streamName: stream?.streamName ?? '',
        source,
        sourceStreamArn,
      },
      {
        enabled: stream !== null,
        retry: false,
        placeholderData: keepPreviousData,
        refetchInterval: ({ state }) =>
          state.data?.status === 'ACTIVE' ? ASK_AGAIN_MS : ASK_WHILE_CREATING_MS,
      },
    ),
  );
}
