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
  if (row.period === null) {
    return <span className={classes.source}>CloudWatch, no period has been read yet</span>;
  }
  return (
    <span className={classes.source}>
      CloudWatch, period {formatPeriod(row.period.startMs, row.period.seconds)}, read{' '}
      <Age
        sinceMs={row.collection.collectedAtMs}
        fresh={fresh}
        cause={fresh === 'fresh' ? null : healthNow(row, fresh).reason}
      />{' '}
      ago
    </span>
  );
}
