'use client';

import { Age } from '#components/primitives/age.tsx';
import type { Freshness } from '#lib/domain/freshness.ts';
import { formatPeriod } from '#lib/format/time.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { healthNow } from '#lib/streams/judge-row.ts';
import classes from './source-line.module.css';

type SourceLineProps = { row: StreamRow; fresh: Freshness };

/** Where the figures of a block come from, of when they are, and how old. */
export function SourceLine({ row, fresh }: SourceLineProps) {
  const period =
    row.period === null
      ? 'no period yet'
      : `period ${formatPeriod(row.period.startMs, row.period.seconds)}`;
  return (
    <span className={classes.source}>
      CloudWatch, {period}, read{' '}
      <Age
        sinceMs={row.collection.collectedAtMs}
        fresh={fresh}
        cause={fresh === 'fresh' ? null : healthNow(row, fresh).reason}
      />{' '}
      ago
    </span>
  );
}
