'use client';

import { Age } from '#components/primitives/age.tsx';

import type { Freshness } from '#lib/domain/freshness.ts';
import { formatPeriod } from '#lib/format/time.ts';
import type { FigurePeriod } from '#lib/live/figure-period.ts';
import type { StreamRow } from '#lib/live/stream-row.ts';
import { whyStale } from '#lib/streams/judge-row.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './source-line.module.css';

type SourceLineProps = {
  row: StreamRow;
  fresh: Freshness;
  /** What the block draws, where that is a frame; null where there is none. The row speaks for a block without. */
  frame?: FigurePeriod | null;
};

/** Where the figures of a block come from, of when they are, and how old. */
export function SourceLine({ row, fresh, frame }: SourceLineProps) {
  const zone = useZone();
  const source = frame === undefined ? sourceOfRow(row) : frame && sourceOfFrame(frame, row);
  if (source === null) {
    return <span className={classes.source}>CloudWatch, no period has been read yet</span>;
  }
  return (
    <span className={classes.source}>
      CloudWatch, period {formatPeriod(source.startMs, source.seconds, zone)}, read{' '}
      <Age
        sinceMs={source.readAtMs}
        fresh={fresh}
        cause={fresh === 'fresh' ? null : whyStale(row, zone)}
      />{' '}
      ago
    </span>
  );
}

type Source = {
  readonly startMs: number;
  readonly seconds: number;
  readonly readAtMs: number | null;
};

function sourceOfRow({ period, collection }: StreamRow): Source | null {
  return period === null ? null : { ...period, readAtMs: collection.collectedAtMs };
}

/** Row and frame come in events of their own: only of the same period is the row's reading also the frame's. */
function sourceOfFrame(frame: FigurePeriod, { period, collection }: StreamRow): Source {
  const readAtMs =
    frame.periodStartMs === period?.startMs ? collection.collectedAtMs : frame.collectedAtMs;
  return { startMs: frame.periodStartMs, seconds: frame.periodSeconds, readAtMs };
}
