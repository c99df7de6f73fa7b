'use client';

import { VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useEffect, useMemo, useRef, useState } from 'react';
import { DataTable } from '#components/primitives/data-table.tsx';
import { Message } from '#components/primitives/message.tsx';
import { PageSection } from '#components/primitives/page-section.tsx';
import { RowsSpacer } from '#components/primitives/rows-spacer.tsx';
import { SearchField } from '#components/primitives/search-field.tsx';
import { SegmentedControl } from '#components/primitives/segmented-control.tsx';
import { SortHeader } from '#components/primitives/sort-header.tsx';
import { TableBox } from '#components/primitives/table-box.tsx';
import { TableControls } from '#components/primitives/table-controls.tsx';
import { turnSort } from '#components/primitives/turn-sort.ts';
import { LEASE_COLUMNS } from '#lib/consumers/lease-columns.ts';
import {
  LEASE_FILTERS,
  LEASE_SORTS,
  type LeaseArrangement,
  type LeaseFilter,
} from '#lib/consumers/lease-page.ts';
import { useNews } from '#lib/consumers/use-news.ts';
import { countOf, formatCount } from '#lib/format/count.ts';
import { offsetFor, ROWS_PER_ANSWER } from '#lib/shards/rows-wanted.ts';
import { useTRPC } from '#lib/trpc/trpc-context.ts';
import classes from './detail-table.module.css';
import { LeaseRow } from './lease-row.tsx';

/** A lag stands on two lines, CSS pixels. */
const ROW_HEIGHT = 40;
const HEAD_HEIGHT = 32;
const BOX_HEIGHT = 600;
const FIRST_BOX = { width: 1392, height: BOX_HEIGHT };

const FILTER_WORDS: Readonly<Record<LeaseFilter, string>> = {
  all: 'All',
  stuck: 'Go nowhere',
  behind: 'Behind',
  unknown: 'Unknown',
};

const parsers = {
  lease: parseAsString.withDefault(''),
  leases: parseAsStringLiteral(LEASE_FILTERS).withDefault('all'),
  by: parseAsStringLiteral(LEASE_SORTS).withDefault('status'),
  dir: parseAsStringLiteral(['asc', 'desc'] as const),
};

/** Names and ranges go up at first, what is worse comes first else. */
const firstDirection = (sort: LeaseArrangement['sort']) =>
  sort === 'range' || sort === 'owner' ? 'asc' : 'desc';

/** The leases of an application; only rows in sight are in the document, and asked for. */
export function LeaseTable(props: {
  readonly applicationId: number;
  readonly news: number | null;
  readonly stale: boolean;
}) {
  const { applicationId, news } = props;
  const trpc = useTRPC();
  const [{ lease: search, leases: filter, by: sort, dir }, set] = useQueryStates(parsers, {
    history: 'replace',
  });
  const direction = dir ?? firstDirection(sort);
  const box = useRef<HTMLElement>(null);
  const arrangement = useMemo<LeaseArrangement>(
    () => ({ search, filter, sort, direction }),
    [search, filter, sort, direction],
  );
  const [offset, setOffset] = useState(0);
  const { data, error, refetch } = useQuery(
    trpc.consumers.leases.queryOptions(
      { applicationId, arrangement, offset, limit: ROWS_PER_ANSWER },
      { placeholderData: keepPreviousData },
    ),
  );
  useNews(news, refetch);
  const virtualizer = useVirtualizer({
    count: data?.matched ?? 0,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    scrollPaddingEnd: HEAD_HEIGHT,
    initialRect: FIRST_BOX,
  });
  const items = virtualizer.getVirtualItems();
  const wantedOffset = offsetFor(items[0]?.index ?? 0);
  useEffect(() => setOffset(wantedOffset), [wantedOffset]);

  const onSort = (next: LeaseArrangement['sort']) => {
    const turned = turnSort({ sort, direction }, next, firstDirection);
    void set({ by: turned.sort, dir: turned.dir });
  };
  const width = LEASE_COLUMNS.reduce((sum, column) => sum + column.width, 0);

  return (
    <PageSection
      title="Leases"
      beside={
        <>
          <p className={classes.quiet} role="status">
            {data === undefined
              ? 'reading…'
              : data.matched === data.total
                ? countOf(data.total, 'lease')
                : `${formatCount(data.matched)} of ${countOf(data.total, 'lease')}`}
            {error !== null && `; not read again: ${error.message}`}
          </p>
          <TableControls>
            <SearchField
              label="Search leases"
              placeholder="Shard or worker"
              value={search}
              onSearch={(text) => void set({ lease: text === '' ? null : text })}
            />
            <SegmentedControl
              aria-label="Which leases"
              value={filter}
              onChange={(value) => void set({ leases: value })}
              data={LEASE_FILTERS.map((value) => ({ value, label: FILTER_WORDS[value] }))}
            />
          </TableControls>
        </>
      }
    >
      {data !== undefined && data.matched === 0 ? (
        <Message title={data.total === 0 ? 'No lease has been read yet' : 'No lease is like this'}>
          <p>
            {data.total === 0
              ? 'They come with the next reading of the table.'
              : 'The search takes a part of a shard’s id or of a worker’s.'}
          </p>
        </Message>
      ) : (
        <TableBox ref={box} label="Table of leases" heightMax={BOX_HEIGHT}>
          <DataTable
            className={classes.table}
            fixed
            widthMin={width}
            data-stale={props.stale || undefined}
            aria-rowcount={(data?.matched ?? 0) + 1}
          >
            <caption>
              <VisuallyHidden>Leases with owner, lag, status, backlog and outlook</VisuallyHidden>
            </caption>
            <colgroup>
              {LEASE_COLUMNS.map(({ id, width: each }) => (
                <col key={id} style={{ inlineSize: each }} />
              ))}
            </colgroup>
            <thead>
              <tr aria-rowindex={1}>
                {LEASE_COLUMNS.map((column) =>
                  column.sort === null ? (
                    <th
                      key={column.id}
                      scope="col"
                      title={column.title}
                      data-numeric={column.numeric || undefined}
                    >
                      {column.label}
                    </th>
                  ) : (
                    <SortHeader
                      key={column.id}
                      column={column.sort}
                      state={{ sort, direction, onSort }}
                      numeric={column.numeric}
                      title={column.title}
                    >
                      {column.label}
                    </SortHeader>
                  ),
                )}
              </tr>
            </thead>
            <RowsSpacer height={items[0]?.start ?? 0} columns={LEASE_COLUMNS.length} />
            <tbody>
              {items.map((item) => (
                <LeaseRow
                  key={item.index}
                  index={item.index}
                  lease={data?.lines[item.index - (data?.offset ?? 0)] ?? null}
                />
              ))}
            </tbody>
            <RowsSpacer
              height={virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0)}
              columns={LEASE_COLUMNS.length}
            />
          </DataTable>
        </TableBox>
      )}
    </PageSection>
  );
}
