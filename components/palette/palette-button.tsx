'use client';

import { useHotkeys } from '@mantine/hooks';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { LatePart } from '#components/primitives/late-part.tsx';
import classes from './palette-button.module.css';

// Nobody waits for it who does not ask for it.
const Palette = dynamic(() => import('./palette.tsx').then((m) => m.Palette));

/** What of the palette is open. */
export type PaletteView = 'palette' | 'help' | 'create-stream';

/** The way to everything by name: Ctrl or Cmd K or "/" from anywhere, "?" for the keys. */
export function PaletteButton() {
  const [view, setView] = useState<PaletteView | null>(null);
  const [asked, setAsked] = useState(false);
  const open = (next: PaletteView) => {
    setAsked(true);
    setView(next);
  };
  useHotkeys([['mod+K', () => open('palette')]], []);
  useHotkeys([
    ['/', () => open('palette')],
    ['shift+?', () => open('help')],
  ]);
  return (
    <>
      <button
        type="button"
        className={classes.button}
        aria-haspopup="dialog"
        aria-label="Go to a stream, page or key"
        aria-keyshortcuts="Control+K Meta+K /"
        onClick={() => open('palette')}
      >
        <IconSearch size={15} stroke={1.75} aria-hidden />
        <span className={classes.words}>Go to…</span>
        {/* Drawn by the style sheet: as text it would belong to what people say to press the button. */}
        <span className={classes.key} data-keys="Ctrl K" />
      </button>
      {asked && (
        <LatePart over>
          <Palette view={view} onView={setView} />
        </LatePart>
      )}
    </>
  );
}
