'use client';

import { Checkbox, SegmentedControl } from '@mantine/core';
import { SearchField } from '#components/primitives/search-field.tsx';
import { countOf, formatCount } from '#lib/format/count.ts';
import { SHARD_FILTERS } from '#lib/shards/arrange-shards.ts';
import classes from './shard-table.module.css';
import type { ShardsView } from './shards-view.ts';

const FILTER_WORDS = { all: 'All', hot: 'Only hot', throttled: 'Only throttled' } as const;

/** Heading of the shard table with its counts, search and filters. */
export function ShardTools(props: {
  readonly view: ShardsView;
  readonly shown: number;
  readonly openCount: number;
  readonly closedCount: number;
}) {
  const { view, shown, openCount, closedCount } = props;
  const total = openCount + (view.withClosed ? closedCount : 0);
  const counts = [`${formatCount(openCount)} open`, `${formatCount(closedCount)} closed`].join(
    ', ',
  );
  return (
    <div className={classes.tools}>
      <h2 id="shards-heading" className={classes.heading}>
        Shards
      </h2>
      <p className={classes.count} role="status">
        {shown === total ? counts : `${formatCount(shown)} of ${countOf(total, 'shard')}`}
      </p>
      <div className={classes.controls}>
        <SearchField
          label="Search shards"
          placeholder="Number, id, hash key"
          value={view.search}
          onSearch={view.onSearch}
          className={classes.search}
        />
        <SegmentedControl
          aria-label="Which shards"
          value={view.filter}
          onChange={view.onFilter}
          data={SHARD_FILTERS.map((value) => ({ value, label: FILTER_WORDS[value] }))}
        />
        <Checkbox
          size="xs"
          label="Closed too"
          checked={view.withClosed}
          onChange={(event) => view.onWithClosed(event.currentTarget.checked)}
        />
      </div>
    </div>
  );
}
