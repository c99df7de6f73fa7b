import { useQuery } from '@tanstack/react-query';
import { isRunOver, runNeedsWorker } from '#lib/domain/replay/job/run-state.ts';
import { useReplayNews } from '#lib/replay/use-replay-news.ts';
import type { ReplayView } from '#lib/replay/view/run.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';

const ASK_AGAIN_MS = 1_000;
/** It waits for a person, who may be in another tab. */
const ASK_AGAIN_LATE_MS = 5_000;

export type RunQuery = {
  readonly run: ReplayView;
  /** Why it was not read again; null: it was. */
  readonly failure: string | null;
};

/** A replay as the store has it now: asked for again while it goes on, and at once when its state is another. */
export function useRun(initial: ReplayView): RunQuery {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.replays.get.queryOptions(
      { id: initial.id },
      {
        initialData: initial,
        refetchInterval: ({ state }) => everyMs(state.data?.state ?? initial.state),
      },
    ),
  );
  useReplayNews(refetch);
  return { run: data, failure: error?.message ?? null };
}

function everyMs(state: ReplayView['state']): number | false {
  if (isRunOver(state)) return false;
  return runNeedsWorker(state) ? ASK_AGAIN_MS : ASK_AGAIN_LATE_MS;
}
