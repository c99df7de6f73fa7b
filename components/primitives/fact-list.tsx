import type { ReactNode } from 'react';
import classes from './fact-list.module.css';

export type Fact = {
  /** Where several bear one name. */
  readonly key?: string;
  readonly name: string;
  readonly value: ReactNode;
  /** What it means, on hover. */
  readonly detail?: string | undefined;
  /** It needs somebody. */
  readonly critical?: boolean;
};

/** The facts of a thing: side by side where there is room, below each other on a narrow screen. */
export function FactList(props: {
  readonly facts: readonly Fact[];
  /** Side by side on a narrow screen, where values are short; the last one has a line of its own. */
  readonly narrowColumns: 1 | 2;
}) {
  return (
    <dl className={classes.facts} data-columns={props.narrowColumns}>
      {props.facts.map(({ key, name, value, detail, critical }) => (
        <div key={key ?? name} title={detail}>
          <dt>{name}</dt>
          <dd data-critical={critical || undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
