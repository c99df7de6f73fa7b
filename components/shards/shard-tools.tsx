'use client';

import { Checkbox } from '@mantine/core';
import { SearchField } from '#components/primitives/search-field.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import { TableControls } from '#components/primitives/table-controls.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import type { ShardCounts } from '#lib/live/shard-page.ts';
import { SHARD_FILTERS } from '#lib/shards/arrange-shards.ts';
import { AboveField } from './above-field.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { ExportLinks } from './export-links.tsx';
import classes from './shard-table.module.css';
import type { ShardsView } from './shards-view.ts';

const FILTER_WORDS = { all: 'All', hot: 'Only hot', throttled: 'Only throttled' } as const;

/** Beside the heading of the shard table: its counts, search, filters, columns and exports. */
export function ShardTools(props: {
  readonly view: ShardsView;
  /** null while they have not been read. */
  readonly counts: ShardCounts | null;
  readonly matched: number;
  readonly exportHref: (format: 'csv' | 'json') => string;
}) {
  const { view, counts, matched } = props;
  const { arrangement, onArrange } = view;
  return (
    <>
      <p className={classes.count} role="status">
        {counts !== null && countWords(counts, matched, arrangement.withClosed)}
      </p>
      <TableControls>
        <SearchField
          label="Search shards"
          placeholder="Number, id, hash key"
          value={arrangement.search}
          onSearch={(search) => onArrange({ search })}
        />
        <SegmentedControl
          aria-label="Which shards"
          value={arrangement.filter}
          onChange={(filter) => onArrange({ filter })}
          data={SHARD_FILTERS.map((value) => ({ value, label: FILTER_WORDS[value] }))}
        />
        <AboveField
          percent={arrangement.abovePercent}
          onPercent={(abovePercent) => onArrange({ abovePercent })}
        />
        <Checkbox
          size="xs"
          label="Closed too"
          checked={arrangement.withClosed}
          onChange={(event) => onArrange({ withClosed: event.currentTarget.checked })}
        />
        <Checkbox
          size="xs"
          label="Expired too"
          checked={arrangement.withExpired}
          onChange={(event) => onArrange({ withExpired: event.currentTarget.checked })}
        />
        <ColumnChooser columns={view.columns} onColumns={view.onColumns} />
        <ExportLinks href={props.exportHref} rows={matched} />
      </TableControls>
    </>
  );
}

function countWords(counts: ShardCounts, matched: number, withClosed: boolean): string {
  const { open, closed, expired } = counts;
  const total = open + (withClosed ? closed : 0) + (expired ?? 0);
  if (matched !== total) return `${formatCount(matched)} of ${countOf(total, 'shard')}`;
  const words = [`${formatCount(open)} open`, `${formatCount(closed)} closed`];
  return [...words, ...(expired === null ? [] : [`${formatCount(expired)} expired`])].join(', ');
}
