'use client';

import { Button } from '#components/primitives/button.tsx';
import { Message } from '#components/primitives/message.tsx';
import { SearchField } from '#components/primitives/search-field.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import { useFigureNow, useStreamRows } from '#lib/live/live-provider.tsx';
import { freshnessOf } from '#lib/streams/judge-row.ts';
import { matchesSearch } from '#lib/streams/match-row.ts';
import { orderRows } from '#lib/streams/row-order.ts';
import { NoStreams } from './no-streams.tsx';
import { SortSelect } from './sort-select.tsx';
import { StreamTable } from './stream-table.tsx';
import classes from './streams-page.module.css';
import { useStreamsView } from './streams-view.ts';
import { SummaryLine } from './summary-line.tsx';

/** All streams: first what is wrong and what to do, then each with its figures. */
export function StreamsPage() {
  const { rows, connections } = useStreamRows();
  const nowMs = useFigureNow();
  const view = useStreamsView();

  const judged = rows.map((row) => ({ row, fresh: freshnessOf(row, nowMs) }));
  const found = judged.filter(({ row }) => matchesSearch(row, view.search));
  const ordered = orderRows(found, view.sort, view.direction);
  const manyConnections = connections.length > 1;

  return (
    <>
      <div className={classes.head}>
        <h1 className={classes.title}>Streams</h1>
        <p className={classes.count} role="status">
          {view.search === ''
            ? countOf(rows.length, 'stream')
            : `${formatCount(found.length)} of ${countOf(rows.length, 'stream')}`}
        </p>
        <div className={classes.tools}>
          <SearchField
            label="Search streams"
            placeholder="Name, connection, status, mode"
            value={view.search}
            onSearch={view.onSearch}
            className={classes.search}
          />
          <SortSelect state={view} />
        </div>
      </div>
      <SummaryLine rows={judged} />
      {rows.length === 0 ? (
        <NoStreams connections={connections} />
      ) : ordered.length === 0 ? (
        <Message
          title={`No stream matches “${view.search}”`}
          action={<Button onClick={() => view.onSearch('')}>Clear the search</Button>}
        >
          <p>The search looks at name, connection, status, mode and ARN; each word must occur.</p>
        </Message>
      ) : (
        <StreamTable rows={ordered} state={view} manyConnections={manyConnections} />
      )}
    </>
  );
}
