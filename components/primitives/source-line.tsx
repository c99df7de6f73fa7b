'use client';

import { type FigureSource, sourceLine } from '#lib/format/source-line.ts';
import { formatInstant } from '#lib/format/time.ts';
import { useServerNow } from '#lib/live/live-provider.tsx';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './source-line.module.css';

/** Where the figures of a block come from, of which period, and how old they are. */
export function SourceLine(props: {
  readonly source: FigureSource | null;
  readonly stale: boolean;
}) {
  const nowMs = useServerNow();
  const zone = useZone();
  const { source, stale } = props;
  return (
    <p
      className={classes.line}
      data-stale={stale || undefined}
      title={source === null ? undefined : `Read at ${formatInstant(source.collectedAtMs, zone)}`}
    >
      {source === null ? 'No period has been read yet' : sourceLine(source, nowMs, zone)}
      {stale && source !== null && ' – stale'}
    </p>
  );
}
