'use client';

import { VisuallyHidden } from '@mantine/core';
import { type CSSProperties, type ReactNode, type Ref, useId } from 'react';
import classes from './picture-plot.module.css';
import type { PointedPlace } from './use-pointed-place.ts';

/** The place that is meant, as assistive technology is told of it. */
type ActivePlace = {
  /** Where it lies in the plot. */
  readonly box: CSSProperties;
  readonly words: string;
  readonly selected: boolean;
  /** Its number, from 1, and of how many; left out where rows and columns are walked. */
  readonly position?: readonly [number, number];
};

/**
 * A picture that is one list to assistive technology, whatever it is drawn of: pointed at, or walked with the keys;
 * Enter chooses. Children are the drawing (an svg or canvas), and what is said beside it.
 */
export function PicturePlot(props: {
  readonly ref?: Ref<HTMLDivElement>;
  readonly className: string | undefined;
  readonly style?: CSSProperties | undefined;
  readonly label: string;
  readonly horizontal?: boolean;
  readonly stale?: boolean;
  readonly handlers: PointedPlace<unknown>['handlers'];
  readonly active: ActivePlace | null;
  /** Draws the outline of the active place; else the drawing does. */
  readonly outlined?: boolean;
  readonly children: ReactNode;
}) {
  const { active } = props;
  const id = useId();
  return (
    <div
      ref={props.ref}
      className={`${classes.plot} ${props.className ?? ''}`}
      style={props.style}
      data-stale={props.stale || undefined}
      role="listbox"
      aria-orientation={props.horizontal ? 'horizontal' : undefined}
      aria-label={props.label}
      aria-activedescendant={active === null ? undefined : id}
      tabIndex={0}
      {...props.handlers}
    >
      {props.children}
      {active !== null && (
        <div
          id={id}
          role="option"
          aria-selected={active.selected}
          aria-posinset={active.position?.[0]}
          aria-setsize={active.position?.[1]}
          tabIndex={-1}
          className={classes.active}
          data-outlined={props.outlined || undefined}
          style={active.box}
        >
          <VisuallyHidden>{active.words}</VisuallyHidden>
        </div>
      )}
    </div>
  );
}
