'use client';

import IconPlayerPause from '@tabler/icons-react/dist/esm/icons/IconPlayerPause.mjs';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { Button } from '#components/primitives/button.tsx';
import { formatAge } from '#lib/format/age.ts';
import { formatInstant } from '#lib/format/time.ts';
import { usePause, useServerNow } from '#lib/live/live-provider.tsx';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './banner.module.css';

/** Says that figures stand still, and how far they are behind. */
export function PauseBanner() {
  const { pausedAtMs, resume } = usePause();
  const nowMs = useServerNow();
  const zone = useZone();
  const path = usePathname();
  // Another page begins with what is of now: held beside it, the old would be of another time.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what this waits for
  useEffect(() => resume, [path, resume]);
  if (pausedAtMs === null) return null;
  return (
    <p className={classes.banner} data-tone="paused">
      <IconPlayerPause className={classes.icon} size={17} stroke={1.75} aria-hidden />
      <span className={classes.words}>
        <strong>Paused at {formatInstant(pausedAtMs, zone)}.</strong> Figures stand still, and are{' '}
        <span aria-live="off">{formatAge(nowMs - pausedAtMs)}</span> behind.
      </span>
      <Button onClick={resume}>Resume</Button>
    </p>
  );
}
