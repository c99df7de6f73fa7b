'use client';

import { useQuery } from '@tanstack/react-query';
import { PageLink } from '#components/primitives/page-link.tsx';
import { stretchedWords } from '#lib/costs/cost-words.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { useIdleTurn } from '#lib/live/use-idle-turn.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './cadence-note.module.css';

const ASK_AGAIN_MS = 60_000;

/** Says that a stream is read more rarely than wanted, and why; nothing where it is not. */
export function CadenceNote({ row }: { readonly row: StreamRow }) {
  const trpc = useTRPC();
  const { connection, streamName } = row;
  const enabled = useIdleTurn();
  const { data } = useQuery(
    trpc.costs.ofStream.queryOptions(
      { connection, streamName },
      { enabled, refetchInterval: ASK_AGAIN_MS, retry: false },
    ),
  );
  const words = data?.streamId === row.streamId ? stretchedWords(data) : null;
  if (words === null) return null;
  return (
    <p className={classes.note} role="status">
      {words} <PageLink href="/costs">Cost & quotas</PageLink>
    </p>
  );
}
