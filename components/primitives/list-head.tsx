import type { ReactNode } from 'react';
import classes from './list-head.module.css';
import { PageTitle } from './page-title.tsx';

/** Head of a page that is one long list: what it lists, and how many. */
export function ListHead(props: { readonly title: string; readonly count: ReactNode }) {
  return (
    <div className={classes.head}>
      <PageTitle>{props.title}</PageTitle>
      <p className={classes.count} role="status">
        {props.count}
      </p>
    </div>
  );
}

/** What narrows and arranges the list. A search field comes first. */
export function ListTools({ children }: { readonly children: ReactNode }) {
  return <div className={classes.tools}>{children}</div>;
}
