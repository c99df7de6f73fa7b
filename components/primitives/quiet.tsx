import type { ReactNode } from 'react';
import classes from './quiet.module.css';

/** What is said beside the point: smaller and paler, never what has to be acted on. */
export function Quiet(props: {
  readonly as?: 'p' | 'span' | 'li' | 'td';
  readonly role?: 'status';
  readonly title?: string | undefined;
  readonly children: ReactNode;
}) {
  const { as: Element = 'p', role, title, children } = props;
  return (
    <Element className={classes.quiet} role={role} title={title}>
      {children}
    </Element>
  );
}
