import { type ReactNode, useId } from 'react';
import classes from './page-section.module.css';

/** A part of a page under its title. `beside` stands in the title's line: what is said of the whole, and its tools. */
export function PageSection(props: {
  readonly title: string;
  readonly beside?: ReactNode;
  readonly children: ReactNode;
}) {
  const titleId = useId();
  return (
    <section className={classes.section} aria-labelledby={titleId}>
      <div className={classes.head}>
        <h2 id={titleId} className={classes.title}>
          {props.title}
        </h2>
        {props.beside}
      </div>
      {props.children}
    </section>
  );
}
