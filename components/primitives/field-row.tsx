import type { ReactNode } from 'react';
import classes from './field-row.module.css';

/** Fields of a form side by side. `isTop`: what one of them says below itself does not move the others. */
export function FieldRow(props: { readonly isTop?: boolean; readonly children: ReactNode }) {
  return (
    <div className={classes.row} data-top={props.isTop === true || undefined}>
      {props.children}
    </div>
  );
}
