'use client';

import type { CSSProperties, ReactNode } from 'react';
import classes from './sort-header.module.css';

export type SortState<S extends string> = {
  readonly sort: S;
  readonly direction: 'asc' | 'desc';
  /** Called with the column that was asked for: a new one begins in its own direction, the present one turns. */
  readonly onSort: (sort: S) => void;
};

/** The head of a column that orders its table. Numbers are aligned right, as their figures are. */
export function SortHeader<S extends string>(props: {
  readonly column: S;
  readonly state: SortState<S>;
  readonly numeric?: boolean;
  /** What the column holds, on hover. */
  readonly title: string;
  readonly className?: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly children: ReactNode;
}) {
  const { sort, direction, onSort } = props.state;
  const active = sort === props.column;
  return (
    <th
      scope="col"
      className={props.className}
      style={props.style}
      data-numeric={props.numeric || undefined}
      aria-sort={active ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button
        type="button"
        className={classes.button}
        data-active={active || undefined}
        data-direction={direction}
        data-numeric={props.numeric || undefined}
        title={props.title}
        onClick={() => onSort(props.column)}
      >
        {props.children}
      </button>
    </th>
  );
}
