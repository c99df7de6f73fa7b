import type { ReactNode, Ref } from 'react';
import classes from './data-table.module.css';

/** Holds a table that scrolls where there is no room for it, also by keyboard. */
export function TableBox(props: {
  readonly label: string;
  /** Of a table of many rows, CSS pixels; it is never higher than most of the window. */
  readonly heightMax?: number;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}) {
  const { heightMax } = props;
  return (
    <section
      ref={props.ref}
      className={classes.box}
      style={heightMax === undefined ? undefined : { maxBlockSize: `min(70vh, ${heightMax}px)` }}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
