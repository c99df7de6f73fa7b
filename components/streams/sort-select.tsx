'use client';

import { NativeSelect } from '@mantine/core';
import type { SortState } from '#components/primitives/sort-header.tsx';
import { useEnteredEarly } from '#components/primitives/use-entered-early.ts';
import { STREAM_SORTS, type StreamSort } from '#lib/streams/row-order.ts';
import classes from './sort-select.module.css';

const WORDS: Readonly<Record<StreamSort, string>> = {
  health: 'Worst first',
  name: 'Name',
  shards: 'Open shards',
  'bytes-in': 'Bytes in',
  'records-in': 'Records in',
  'bytes-out': 'Bytes out',
  'records-out': 'Records out',
  hottest: 'Hottest shard',
  throttled: 'Throttled records',
  lag: 'Iterator age',
  mode: 'Mode',
  retention: 'Retention',
  consumers: 'Consumers',
  encryption: 'Encryption',
  created: 'Created',
  age: 'Age of figures',
};

/** The order of streams where the table has no heads: on a narrow screen. */
export function SortSelect({ state }: { readonly state: SortState<StreamSort> }) {
  const choose = (value: string) => {
    const sort = STREAM_SORTS.find((s) => s === value);
    if (sort !== undefined && sort !== state.sort) state.onSort(sort);
  };
  const field = useEnteredEarly<HTMLSelectElement>(state.sort, choose);
  return (
    <NativeSelect
      ref={field}
      className={classes.select ?? ''}
      size="xs"
      aria-label="Order streams by"
      value={state.sort}
      data={STREAM_SORTS.map((value) => ({ value, label: WORDS[value] }))}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
}
