import { USE_STEPS } from '#lib/strip/use-step.ts';
import classes from './strip-legend.module.css';

/** The scale of use and the marks of the strip. */
export function StripLegend() {
  return (
    <dl className={classes.legend} aria-label="Legend of the strip">
      <div className={classes.scale}>
        <dt>Use of the tightest limit</dt>
        <dd>
          {USE_STEPS.map(({ step, label }) => (
            <span key={step} className={classes.step}>
              <i style={{ background: `var(--k-use-${step})` }} aria-hidden />
              {label}
            </span>
          ))}
        </dd>
      </div>
      <div className={classes.mark}>
        <dt>
          <i className={classes.refused} aria-hidden />
        </dt>
        <dd>refuses</dd>
      </div>
      <div className={classes.mark}>
        <dt>
          <i className={classes.unknown} aria-hidden />
        </dt>
        <dd>no datapoint</dd>
      </div>
    </dl>
  );
}
