import type { ReactNode } from 'react';
import type { HealthLevel } from '#lib/domain/health.ts';
import classes from './health-line.module.css';
import { HealthIcon } from './health-mark.tsx';

/** How a thing is, first of all that is said of it: a word, then why and what to do. */
export function HealthLine(props: {
  readonly level: HealthLevel;
  readonly word: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes.line} data-level={props.level}>
      <HealthIcon level={props.level} />
      <p>
        <strong>{props.word}.</strong> {props.children}
      </p>
    </div>
  );
}
