import { UNKNOWN } from '#lib/format/quantity.ts';
import classes from './figure.module.css';

/** A figure that nobody knows: a dash with the reason on hover and for screen readers, never 0. */
export function Unknown({ reason }: { readonly reason: string }) {
  return (
    <span role="img" aria-label={`unknown: ${reason}`} className={classes.unknown} title={reason}>
      {UNKNOWN}
    </span>
  );
}
