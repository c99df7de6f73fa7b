'use client';

import { useMemo } from 'react';
import { StartAdvice } from '#components/advice/start-advice.tsx';
import { StretchedNote } from '#components/costs/stretched-note.tsx';
import { Button } from '#components/primitives/button.tsx';
import { InItsTurn } from '#components/primitives/in-its-turn.tsx';
import { ListHead, ListTools } from '#components/primitives/list-head.tsx';
import { Message } from '#components/primitives/message.tsx';
import { SearchField } from '#components/primitives/search-field.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import { useFigureNow, useStreamRows } from '#lib/live/live-provider.tsx';
import { accountOf } from '#lib/streams/account-of.ts';
import { freshnessOf } from '#lib/streams/judge-row.ts';
import { isFiltered, streamEntries, unreadableStreams } from '#lib/streams/stream-entries.ts';
import { parseSearch } from '#lib/streams/tag-query.ts';
import { ColumnMenu } from './column-menu.tsx';
import { CreateStream } from './create-stream.tsx';
import { NoStreams } from './no-streams.tsx';
import { SortSelect } from './sort-select.tsx';
import { StreamFilters } from './stream-filters.tsx';
import { StreamTable } from './stream-table.tsx';
import classes from './streams-page.module.css';
import { useStreamsView } from './streams-view.ts';
import { SummaryLine } from './summary-line.tsx';
import { TagMenu } from './tag-menu.tsx';
import { TagsAwaited } from './tags-awaited.tsx';
import { TagsContext } from './tags-context.ts';
import { TagsNote } from './tags-note.tsx';
import { useStreamTags } from './use-stream-tags.ts';

/** All streams: first what is wrong and what to do, then each with its figures. */
export function StreamsPage() {
  const { rows, connections } = useStreamRows();
  const nowMs = useFigureNow();
  const view = useStreamsView();
  const { filter, sort, direction } = view;

  const judged = rows.map((row) => ({ row, fresh: freshnessOf(row, nowMs) }));
  const unreadable = useMemo(() => unreadableStreams(connections), [connections]);
  const asksTags = useMemo(() => parseSearch(filter.search).tags.length > 0, [filter.search]);
  const tags = useStreamTags(asksTags || view.columns.includes('tags'));
  const entries = streamEntries(
    judged,
    unreadable,
    filter,
    sort,
    direction,
    tags.byStream ?? undefined,
  );
  const awaitsTags = asksTags && tags.byStream === null;
  const manyAccounts = useMemo(
    () => new Set(rows.map(({ streamArn }) => accountOf(streamArn))).size > 1,
    [rows],
  );
  const total = rows.length + unreadable.length;

  return (
    <>
      <ListHead
        title="Streams"
        count={
          <>
            {isFiltered(filter) && !awaitsTags
              ? `${formatCount(entries.length)} of ${countOf(total, 'stream')}`
              : countOf(total, 'stream')}
            {unreadable.length > 0 && `, ${formatCount(unreadable.length)} not readable`}
          </>
        }
      />
      <InItsTurn>
        <SummaryLine rows={judged} unreadable={unreadable.length} />
        <StartAdvice rows={judged} />
        <StretchedNote />
      </InItsTurn>
      <ListTools>
        <SearchField
          label="Search streams"
          placeholder="Name, status, tag:key=value"
          value={filter.search}
          onSearch={(search) => view.onFilter({ search })}
        />
        <StreamFilters filter={filter} connections={connections} onFilter={view.onFilter} />
        <TagMenu search={filter.search} onSearch={(search) => view.onFilter({ search })} />
        <SortSelect state={view} />
        <div className={classes.actions}>
          <ColumnMenu columns={view.columns} onColumns={view.onColumns} />
          <CreateStream connections={connections} />
        </div>
      </ListTools>
      {tags.view !== null && (
        <TagsNote view={tags.view} streamIds={rows.map(({ streamId }) => streamId)} />
      )}
      {total === 0 ? (
        <NoStreams connections={connections} />
      ) : awaitsTags ? (
        <TagsAwaited error={tags.error} onRetry={tags.refetch} />
      ) : entries.length === 0 ? (
        <Message
          title={
            filter.search === '' ? 'No stream is like this' : `No stream matches “${filter.search}”`
          }
          action={<Button onClick={view.onClear}>Show all streams</Button>}
        >
          <p>
            The search looks at name, connection, status, mode and ARN, and each word must occur; of
            tags, <code>tag:key=value</code> finds what is exactly this. The filters beside it
            narrow further.
          </p>
        </Message>
      ) : (
        <TagsContext value={tags.byStream}>
          <StreamTable
            entries={entries}
            columns={view.columns}
            state={view}
            manyConnections={connections.length > 1}
            manyAccounts={manyAccounts}
          />
        </TagsContext>
      )}
    </>
  );
}
