'use client';

import { VisuallyHidden } from '@mantine/core';
import IconClockExclamation from '@tabler/icons-react/dist/esm/icons/IconClockExclamation.mjs';
import type { Freshness } from '#lib/domain/freshness.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatInstant, formatPeriod, type Zone } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import type { Period } from '#lib/live/stream-row.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './age.module.css';
import { Unknown } from './unknown.tsx';

/**
 * How long ago figures were read; counts on by itself. Stale figures wear a badge, with the cause on hover
 * and for screen readers.
 * @param props.cause why nothing newer was read; null while figures are fresh
 * @param props.period what the figures are of, where nothing else nearby says so
 */
export function Age(props: {
  readonly sinceMs: number | null;
  readonly fresh: Freshness;
  readonly cause: string | null;
  readonly period?: Period | null;
}) {
  const nowMs = useServerNow();
  const zone = useZone();
  if (props.sinceMs === null) {
    return <Unknown reason={props.cause ?? 'nothing has been read yet'} />;
  }
  const age = formatAge(nowMs - props.sinceMs);
  const period = props.period == null ? null : periodWords(props.period, zone);
  const read = `${period === null ? 'Read' : `Of the ${period}, read`} at ${formatInstant(props.sinceMs, zone)}`;
  const heard = period === null ? null : <VisuallyHidden>, {period}</VisuallyHidden>;
  if (props.fresh === 'fresh') {
    return (
      <span className={classes.age} title={read}>
        {age}
        {heard}
      </span>
    );
  }
  return (
    <span className={classes.badge} title={`${read}. ${props.cause ?? ''}`}>
      <IconClockExclamation size={13} stroke={1.75} aria-label="stale" role="img" />
      {age}
      {heard}
    </span>
  );
}

function periodWords({ startMs, seconds }: Period, zone: Zone): string {
  return `period ${formatPeriod(startMs, seconds, zone)}`;
}
