import classes from './replays.module.css';

/** How much of a whole is done. Decoration of the figures beside it, which say the same. */
export function ShareBar({ share }: { readonly share: number | null }) {
  return (
    <span className={classes.bar} data-unknown={share === null || undefined} aria-hidden="true">
      {share !== null && (
        <span className={classes.barFill} style={{ inlineSize: `${share * 100}%` }} />
      )}
    </span>
  );
}
