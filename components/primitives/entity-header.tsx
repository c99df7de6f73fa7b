import { Fragment, type ReactNode } from 'react';
import classes from './entity-header.module.css';
import { PageLink } from './page-link.tsx';
import { PageTitle } from './page-title.tsx';

/** A step of the way to a page. */
type Crumb = {
  readonly text: string;
  /** null: it has no page of its own. */
  readonly href: string | null;
};

/** Head of the page of one thing: the way to it, its name, of when what is told of it is; below, how it is. */
export function EntityHeader(props: {
  readonly crumbs: readonly Crumb[];
  readonly name: string;
  /** In the line of the name. */
  readonly beside: ReactNode;
  readonly reading: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <nav aria-label="Breadcrumb" className={classes.crumbs}>
        {props.crumbs.map(({ text, href }, i) => (
          <Fragment key={text}>
            {i > 0 && <span aria-hidden> / </span>}
            {href === null ? text : <PageLink href={href}>{text}</PageLink>}
          </Fragment>
        ))}
      </nav>
      <div className={classes.title}>
        <PageTitle>{props.name}</PageTitle>
        {props.beside}
      </div>
      <div className={classes.reading}>{props.reading}</div>
      <div className={classes.state}>{props.children}</div>
    </header>
  );
}
