import classes from './strip.module.css';

/** Names of the heights at the left of the frames. */
export function StripScale() {
  return (
    <div className={classes.scale} aria-hidden>
      <span className={classes.scaleLimit}>100 %</span>
      <span className={classes.scaleHalf}>50</span>
      <span className={classes.scaleFloor}>0</span>
    </div>
  );
}
