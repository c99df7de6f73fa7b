'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReplayDraft } from '#lib/domain/replay/settings.ts';
import { ALL_RECORDS } from '#lib/domain/replay/settings-of-draft.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

/** While somebody types, nothing is read from S3. */
const SETTLE_MS = 500;

/**
 * What the draft makes of the beginnings of some objects, read anew when it changes; the answer before stands meanwhile.
 * @param withFilter false: all records, as format and key alone are looked at
 */
export function useSample(
  run: Pick<ReplayView, 'quarantineOf'>,
  draft: ReplayDraft,
  withFilter: boolean,
) {
  const trpc = useTRPC();
  const { source, window, transform } = draft;
  const wanted = {
    source,
    window,
    transform,
    filter: withFilter ? (draft.filter ?? ALL_RECORDS) : ALL_RECORDS,
    expression: withFilter && draft.expression?.trim() ? draft.expression : null,
  };
  const text = JSON.stringify(wanted);
  const [settled] = useDebouncedValue(text, SETTLE_MS);
  const asked = JSON.parse(settled) as typeof wanted;
  const query = useQuery(
    trpc.archives.sample.queryOptions(
      asked as Parameters<typeof trpc.archives.sample.queryOptions>[0],
      {
        // What lies in quarantine is no archive.
        enabled: run.quarantineOf === null && asked.source !== null && asked.transform !== null,
        placeholderData: keepPreviousData,
        retry: false,
        staleTime: 60_000,
      },
    ),
  );
  return { query, isOld: query.isPlaceholderData || settled !== text };
}
