import type { ReactNode } from 'react';
import classes from './page-frame.module.css';
import { PageTitle } from './page-title.tsx';

/** A page as a column: its head, and its parts one below the other. */
export function PageFrame({ children }: { readonly children: ReactNode }) {
  return <div className={classes.page}>{children}</div>;
}

/** Head of a page: what it is of, what is said about that, and at the end of the line its tools. */
export function PageHead(props: {
  readonly title: string;
  readonly about: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes.head}>
      <PageTitle>{props.title}</PageTitle>
      <div className={classes.about}>{props.about}</div>
      {props.children}
    </div>
  );
}
