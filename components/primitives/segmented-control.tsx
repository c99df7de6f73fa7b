'use client';

import { type ReactNode, useId } from 'react';
import classes from './segmented-control.module.css';

type Segment<T extends string> = { readonly value: T; readonly label: ReactNode };

type SegmentedControlProps<T extends string> = {
  /** In the order of drawing. */
  readonly data: readonly Segment<T>[];
  /** The one that is chosen. */
  readonly value: T;
  readonly onChange: (value: T) => void;
} & (
  | { readonly 'aria-label': string; readonly 'aria-labelledby'?: never }
  | { readonly 'aria-labelledby': string; readonly 'aria-label'?: never }
);

/**
 * One of a few choices, all in sight: radio buttons, drawn side by side. What marks the choice is a style of its own
 * segment: one that slides has to be measured, which costs a page that has just been opened a layout for each control.
 */
export function SegmentedControl<T extends string>(props: SegmentedControlProps<T>) {
  const { data, value, onChange } = props;
  const name = useId();
  return (
    <div
      role="radiogroup"
      aria-label={props['aria-label']}
      aria-labelledby={props['aria-labelledby']}
      className={classes.segments}
    >
      {data.map((segment) => (
        <label key={segment.value} className={classes.segment}>
          <input
            type="radio"
            className={classes.input}
            name={name}
            value={segment.value}
            checked={segment.value === value}
            onChange={() => onChange(segment.value)}
          />
          <span className={classes.label}>{segment.label}</span>
        </label>
      ))}
    </div>
  );
}
