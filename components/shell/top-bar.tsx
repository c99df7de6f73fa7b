import { PaletteButton } from '#components/palette/palette-button.tsx';
import { InItsTurn } from '#components/primitives/in-its-turn.tsx';
import { PageLink } from '#components/primitives/page-link.tsx';
import { ColorSchemeMenu } from './color-scheme-menu.tsx';
import { LinkStatus } from './link-status.tsx';
import { Mark } from './mark.tsx';
import { MorePlaces } from './more-places.tsx';
import { NavLink } from './nav-link.tsx';
import { PauseButton } from './pause-button.tsx';
import { MORE_PLACES } from './places.ts';
import classes from './top-bar.module.css';
import { ZoneMenu } from './zone-menu.tsx';

/** The one bar: where you are, whether figures are live, and the way to any stream. */
export function TopBar() {
  return (
    <header className={classes.bar}>
      <PageLink href="/" className={classes.brand} aria-label="Kinetoscope, all streams">
        <Mark />
        <span className={classes.name}>Kinetoscope</span>
      </PageLink>
      <nav aria-label="Main" className={classes.nav}>
        <NavLink href="/" under="/streams">
          Streams
        </NavLink>
        <NavLink href="/applications" under="/applications">
          App<span className={classes.more}>lication</span>s
        </NavLink>
        <span className={classes.roomy}>
          {MORE_PLACES.map(({ href, name }) => (
            <NavLink key={href} href={href} under={href}>
              {name}
            </NavLink>
          ))}
        </span>
        <span className={classes.scarce}>
          <MorePlaces />
        </span>
      </nav>
      <div className={classes.tools}>
        <InItsTurn>
          <LinkStatus />
          <PauseButton />
          <ZoneMenu />
          <PaletteButton />
          <ColorSchemeMenu />
        </InItsTurn>
      </div>
    </header>
  );
}
