import type { ReactNode } from 'react';
import classes from './page-title.module.css';

/** What a page is of. */
export function PageTitle({ children }: { readonly children: ReactNode }) {
  return <h1 className={classes.title}>{children}</h1>;
}
