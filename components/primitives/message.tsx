import type { ReactNode } from 'react';
import classes from './message.module.css';

/**
 * What stands where there is nothing to show: what it means, and the next step.
 * @param props.heading level of the title in the page's outline; 1 where the message is the page
 */
export function Message(props: {
  readonly title: string;
  readonly heading?: 1 | 2;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}) {
  const Title = props.heading === 1 ? 'h1' : 'h2';
  return (
    <div className={classes.message}>
      <svg className={classes.film} viewBox="0 0 96 32" aria-hidden="true" focusable="false">
        {[0, 1, 2, 3].map((frame) => (
          <g key={frame} transform={`translate(${frame * 24} 0)`}>
            <path d="M3 3.5h4M10 3.5h4M17 3.5h4M3 28.5h4M10 28.5h4M17 28.5h4" />
            <rect x="2.5" y="7.5" width="19" height="17" />
          </g>
        ))}
      </svg>
      <Title className={classes.title}>{props.title}</Title>
      <div className={classes.body}>{props.children}</div>
      {props.action !== undefined && <div className={classes.action}>{props.action}</div>}
    </div>
  );
}
