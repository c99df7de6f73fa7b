import type { ReactNode } from 'react';
import classes from './table-controls.module.css';

/** What narrows and arranges a table, at the end of its title's line. A search field comes first. */
export function TableControls({ children }: { readonly children: ReactNode }) {
  return <div className={classes.controls}>{children}</div>;
}
