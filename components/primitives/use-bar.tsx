import type { CSSProperties } from 'react';
import { stepOfUse } from '#lib/strip/use-step.ts';
import classes from './use-bar.module.css';

/** Up to where the bar reaches: the limit line stands at 1, what is above is headroom. */
const FULL = 1.25;

/** A use of a limit as a tiny frame on its side, in the colours of the strip. Decoration of a figure beside it. */
export function UseBar({ use }: { readonly use: number }) {
  const step = stepOfUse(use);
  return (
    // One element, as there are many: the style sheet draws fill and limit.
    <span
      className={classes.bar}
      data-unknown={step === null || undefined}
      aria-hidden="true"
      style={
        {
          '--fill': `${step === null ? 0 : Math.min(1, use / FULL) * 100}%`,
          '--ink': `var(--k-use-${step ?? 0})`,
          '--limit-at': `${100 / FULL}%`,
        } as CSSProperties
      }
    />
  );
}
