import classes from './table-skeleton.module.css';

const ROWS = 8;

/** The geometry of summary and table while nothing has been read. */
export function TableSkeleton() {
  return (
    <div className={classes.skeleton} role="status">
      <div className={classes.summary} />
      <p className={classes.word}>Reading streams for the first time…</p>
      {Array.from({ length: ROWS }, (_, row) => (
        // The rows are all alike and never change places: their number is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={row} className={classes.row} aria-hidden="true">
          <span />
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
