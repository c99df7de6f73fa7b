'use client';

import IconPlugConnectedX from '@tabler/icons-react/dist/esm/icons/IconPlugConnectedX.mjs';
import { useLink, useRowsOfNow, useServerNow } from '#lib/live/live-provider.tsx';
import { describeConnection, pageTrouble } from '#lib/shell/link-words.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './banner.module.css';
import { PauseBanner } from './pause-banner.tsx';

/**
 * Tells what keeps the whole page from being of now. It stands at the foot of the window, over room that the
 * page keeps free at its end: it covers nothing for good, and nothing moves when it comes and goes.
 */
export function Banner() {
  const link = useLink();
  const { rows, connections } = useRowsOfNow();
  const nowMs = useServerNow();
  const zone = useZone();
  const trouble = pageTrouble(
    link,
    connections.map((connection) => describeConnection(connection, nowMs, rows)),
    zone,
  );
  return (
    <div role="status" className={classes.slot}>
      <PauseBanner />
      {trouble !== null && (
        <p className={classes.banner} data-tone={trouble.tone}>
          <IconPlugConnectedX className={classes.icon} size={17} stroke={1.75} aria-hidden />
          <span>
            <strong>{trouble.what}</strong> {trouble.holds}
          </span>
        </p>
      )}
    </div>
  );
}
