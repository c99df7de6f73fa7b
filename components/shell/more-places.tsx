'use client';

import { usePathname } from 'next/navigation';
import { DropPanel } from '#components/primitives/drop-panel.tsx';
import classes from './more-places.module.css';
import navClasses from './nav-link.module.css';
import { NavLink } from './nav-link.tsx';
import { MORE_PLACES } from './places.ts';

/** The places for which a narrow bar has no room, behind one button. */
export function MorePlaces() {
  const path = usePathname();
  const within = MORE_PLACES.some(({ href }) => path === href || path.startsWith(`${href}/`));
  return (
    <DropPanel
      label="More places"
      position="bottom-start"
      className={classes.panel}
      button={
        <button
          type="button"
          className={`${navClasses.link} ${classes.button}`}
          data-within={within || undefined}
        >
          More
        </button>
      }
    >
      {(close) => (
        <ul className={classes.places}>
          {MORE_PLACES.map(({ href, name }) => (
            <li key={href}>
              <NavLink href={href} under={href} onGo={close}>
                {name}
              </NavLink>
            </li>
          ))}
        </ul>
      )}
    </DropPanel>
  );
}
