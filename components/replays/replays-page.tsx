'use client';

import { useQuery } from '@tanstack/react-query';
import { JournalAge } from '#components/jobs/journal-age.tsx';
import { StopAllButton } from '#components/jobs/stop-all-button.tsx';
import { PageFrame, PageHead } from '#components/primitives/page-frame.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { Quiet } from '#components/primitives/quiet.tsx';
import { isRunOver, runNeedsWorker } from '#lib/domain/replay/job/run-state.ts';
import { useReplayNews } from '#lib/replay/use-replay-news.ts';
import type { ReplayList, ReplayListRow } from '#lib/replay/view/list.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import { NewReplayButton } from './new-replay-button.tsx';
import { NoReplays } from './no-replays.tsx';
import { ReplayTable } from './replay-table.tsx';

const ASK_AGAIN_MS = 2_000;
/** Drafts of others come without anything that is told to tabs. */
const ASK_AGAIN_LATE_MS = 10_000;

/** All replays, drafts among them: what goes on first, and one button that stops all of it. */
export function ReplaysPage({ initial }: { readonly initial: ReplayList }) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.replays.list.queryOptions(undefined, {
      initialData: initial,
      refetchInterval: ({ state }) =>
        state.data?.rows.some((row) => runNeedsWorker(row.state)) === true
          ? ASK_AGAIN_MS
          : ASK_AGAIN_LATE_MS,
    }),
  );
  useReplayNews(refetch);
  const { rows, readAtMs } = data;
  const active = rows.filter(({ state }) => state !== 'draft' && !isRunOver(state));
  const drafts = rows.filter(({ state }) => state === 'draft');
  const past = rows.filter(({ state }) => isRunOver(state));
  return (
    <PageFrame>
      <PageHead
        title="Replays"
        about={<JournalAge readAtMs={readAtMs} failure={error?.message ?? null} />}
      >
        <StopAllButton />
        {rows.length > 0 && (
          <NewReplayButton origin={{ from: 'nothing' }}>New replay</NewReplayButton>
        )}
      </PageHead>
      {rows.length === 0 ? (
        <NoReplays />
      ) : (
        <>
          <Rows title="Under way" none="No replay is under way." rows={active} />
          <Rows title="Drafts" none="There is no draft." rows={drafts} />
          <Rows title="Past" none="None is over yet." rows={past} />
        </>
      )}
    </PageFrame>
  );
}

function Rows(props: {
  readonly title: string;
  readonly none: string;
  readonly rows: readonly ReplayListRow[];
}) {
  const { title, none, rows } = props;
  return (
    <PageSection title={title}>
      {rows.length === 0 ? (
        <Quiet>{none}</Quiet>
      ) : (
        <ReplayTable label={`Table: ${title}`} rows={rows} />
      )}
    </PageSection>
  );
}
