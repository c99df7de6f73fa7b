import type { ReactNode } from 'react';
import { InItsTurn } from '#components/primitives/in-its-turn.tsx';
import { Toasts } from '#components/toasts/toasts.tsx';
import { Banner } from './banner.tsx';
import { ReturnFocus } from './return-focus.tsx';
import classes from './shell.module.css';
import { TopBar } from './top-bar.tsx';

/** The frame of every page: a way past the bar, the bar, the page, and the banner where there is trouble. */
export function Shell({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <a href="#main" className={classes.skip}>
        Skip to the page
      </a>
      <TopBar />
      <ReturnFocus />
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <InItsTurn>
        <Banner />
        <Toasts />
      </InItsTurn>
    </>
  );
}
