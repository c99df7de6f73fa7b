import { memo } from 'react';
import classes from './lineage-view.module.css';

const STATES = [
  { state: 'open', words: 'open' },
  { state: 'closed', words: 'closed, still readable' },
  { state: 'expired', words: 'expired' },
] as const;

/** What fills and signs of the picture mean. */
export const LineageLegend = memo(function LineageLegend(props: {
  /** How the zone of the times is called. */
  readonly zone: string;
}) {
  return (
    <ul className={classes.legend} aria-label="Signs of the lineage">
      {STATES.map(({ state, words }) => (
        <li key={state}>
          <i className={classes.sample} data-state={state} aria-hidden />
          {words}
        </li>
      ))}
      <li>
        <svg className={classes.sign} viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
          <path d="M0-7V0L-5 6M0 0L5 6" />
        </svg>
        split
      </li>
      <li>
        <svg className={classes.sign} viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
          <path d="M-5-6L0 0L5-6M0 0V7" />
        </svg>
        merge
      </li>
      <li className={classes.hint}>
        time runs down, in {props.zone}; left to right as in the strip above
      </li>
    </ul>
  );
});
