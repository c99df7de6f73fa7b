'use client';

import IconClockExclamation from '@tabler/icons-react/dist/esm/icons/IconClockExclamation.mjs';
import type { Freshness } from '#lib/domain/freshness.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatInstantUtc } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import classes from './age.module.css';
import { Unknown } from './unknown.tsx';

/**
 * How long ago figures were read; counts on by itself. Stale figures wear a badge, with the cause on hover
 * and for screen readers.
 * @param props.cause why nothing newer was read; null while figures are fresh
 */
export function Age(props: {
  readonly sinceMs: number | null;
  readonly fresh: Freshness;
  readonly cause: string | null;
}) {
  const nowMs = useServerNow();
  if (props.sinceMs === null) {
    return <Unknown reason={props.cause ?? 'nothing has been read yet'} />;
  }
  const age = formatAge(nowMs - props.sinceMs);
  const read = `Read at ${formatInstantUtc(props.sinceMs)}`;
  if (props.fresh === 'fresh') {
    return (
      <span className={classes.age} title={read}>
        {age}
      </span>
    );
  }
  return (
    <span className={classes.badge} title={`${read}. ${props.cause ?? ''}`}>
      <IconClockExclamation size={13} stroke={1.75} aria-label="stale" role="img" />
      {age}
    </span>
  );
}
