import { LAG_STEPS } from '#lib/consumers/lag-step.ts';
import classes from './lag-legend.module.css';

/** What the colours and signs of lag stand for. */
export function LagLegend() {
  return (
    <ul className={classes.legend} aria-label="Colours of lag, by its upper bound">
      {LAG_STEPS.map(({ step, label }) => (
        <li key={step}>
          <span className={classes.sample} style={{ background: `var(--k-use-${step})` }} />
          {label}
        </li>
      ))}
      <li>
        <span className={classes.sample} data-kind="stuck" />
        goes nowhere
      </li>
      <li>
        <span className={classes.sample} data-kind="unknown" />
        unknown
      </li>
    </ul>
  );
}
