import type { ReactNode } from 'react';
import classes from './costs-page.module.css';

/** A table that scrolls sideways where there is no room for it, also by keyboard. */
export function ScrollBox({ children }: { readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <div className={classes.scroll} tabIndex={0}>
      {children}
    </div>
  );
}
