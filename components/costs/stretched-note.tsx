'use client';

import { useQuery } from '@tanstack/react-query';
import { PageLink } from '#components/primitives/page-link.tsx';
import { stretchedStreamsWords } from '#lib/costs/cost-words.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './cadence-note.module.css';

const ASK_AGAIN_MS = 60_000;

/** Says where streams are read more rarely than wanted to keep a budget; nothing where none is. */
export function StretchedNote() {
  const trpc = useTRPC();
  const { data } = useQuery(
    trpc.costs.stretched.queryOptions(undefined, { refetchInterval: ASK_AGAIN_MS, retry: false }),
  );
  return data?.map((stretched) => (
    <p key={stretched.connection} className={classes.note} role="status">
      {stretchedStreamsWords(stretched)} <PageLink href="/costs">Cost & quotas</PageLink>
    </p>
  ));
}
