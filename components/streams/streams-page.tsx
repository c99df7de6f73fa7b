'use client';

import { useMemo } from 'react';
import { StartAdvice } from '#components/advice/start-advice.tsx';
import { StretchedNote } from '#components/costs/stretched-note.tsx';
import { Button } from '#components/primitives/button.tsx';
import { Message } from '#components/primitives/message.tsx';
import { SearchField } from '#components/primitives/search-field.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import { useFigureNow, useStreamRows } from '#lib/live/live-provider.tsx';
import { accountOf } from '#lib/streams/account-of.ts';
import { freshnessOf } from '#lib/streams/judge-row.ts';
import { isFiltered, streamEntries, unreadableStreams } from '#lib/streams/stream-entries.ts';
import { ColumnMenu } from './column-menu.tsx';
import { CreateStream } from './create-stream.tsx';
import { NoStreams } from './no-streams.tsx';
import { SortSelect } from './sort-select.tsx';
import { StreamFilters } from './stream-filters.tsx';
import { StreamTable } from './stream-table.tsx';
import classes from './streams-page.module.css';
import { useStreamsView } from './streams-view.ts';
import { SummaryLine } from './summary-line.tsx';

/** All streams: first what is wrong and what to do, then each with its figures. */
export function StreamsPage() {
  const { rows, connections } = useStreamRows();
  const nowMs = useFigureNow();
  const view = useStreamsView();
  const { filter, sort, direction } = view;

  const judged = rows.map((row) => ({ row, fresh: freshnessOf(row, nowMs) }));
  const unreadable = useMemo(() => unreadableStreams(connections), [connections]);
  const entries = streamEntries(judged, unreadable, filter, sort, direction);
  const manyAccounts = useMemo(
    () => new Set(rows.map(({ streamArn }) => accountOf(streamArn))).size > 1,
    [rows],
  );
  const total = rows.length + unreadable.length;

  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Streams</h1>
        <p className={classes.count} role="status">
          {isFiltered(filter)
            ? `${formatCount(entries.length)} of ${countOf(total, 'stream')}`
            : countOf(total, 'stream')}
          {unreadable.length > 0 && `, ${formatCount(unreadable.length)} not readable`}
        </p>
      </div>
      <SummaryLine rows={judged} />
      <StartAdvice rows={judged} />
      <StretchedNote />
      <div className={classes.tools}>
        <SearchField
          label="Search streams"
          placeholder="Name, connection, status, mode"
          value={filter.search}
          onSearch={(search) => view.onFilter({ search })}
          className={classes.search}
        />
        <StreamFilters filter={filter} connections={connections} onFilter={view.onFilter} />
        <SortSelect state={view} />
        <div className={classes.actions}>
          <ColumnMenu columns={view.columns} onColumns={view.onColumns} />
          <CreateStream connections={connections} />
        </div>
      </div>
      {total === 0 ? (
        <NoStreams connections={connections} />
      ) : entries.length === 0 ? (
        <Message
          title={
            filter.search === '' ? 'No stream is like this' : `No stream matches “${filter.search}”`
          }
          action={<Button onClick={view.onClear}>Show all streams</Button>}
        >
          <p>
            The search looks at name, connection, status, mode and ARN, and each word must occur;
            the filters beside it narrow further.
          </p>
        </Message>
      ) : (
        <StreamTable
          entries={entries}
          columns={view.columns}
          state={view}
          manyConnections={connections.length > 1}
          manyAccounts={manyAccounts}
        />
      )}
    </>
  );
}
