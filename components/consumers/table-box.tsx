import type { ReactNode, Ref } from 'react';
import classes from './detail-table.module.css';

/** A table that scrolls where there is no room for it, also by keyboard. @param props.tall it has many rows */
export function TableBox(props: {
  readonly label: string;
  readonly tall?: boolean;
  readonly ref?: Ref<HTMLElement>;
  readonly children: ReactNode;
}) {
  return (
    <section
      ref={props.ref}
      className={classes.box}
      data-tall={props.tall || undefined}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
    >
      {props.children}
    </section>
  );
}
