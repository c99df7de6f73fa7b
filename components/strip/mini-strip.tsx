import type { MiniStrip as MiniStripValues } from '#lib/live/mini-strip.ts';
import { prepareMiniStrip } from '#lib/strip/prepare-mini-strip.ts';
import classes from './mini-strip.module.css';

type MiniStripProps = {
  /** null where shard-level metrics are off or nothing has been read. */
  strip: MiniStripValues | null;
  stale: boolean;
  /** CSS pixels or any CSS length; 100 % of the cell by default. */
  width?: number | string;
  /** CSS pixels. */
  height?: number;
};

/** The strip as a sparkline: the worst use in each part of the ring, under the limit line. */
export function MiniStrip({ strip, stale, width = '100%', height = 24 }: MiniStripProps) {
  if (strip === null) {
    return (
      <span
        className={classes.none}
        style={{ width, height }}
        title="No figures by shard: shard-level metrics are off, or none has been read yet"
      >
        –
      </span>
    );
  }
  const drawing = prepareMiniStrip(strip);
  const label = stale ? `${drawing.description} (stale)` : drawing.description;
  return (
    <svg
      className={classes.strip}
      data-stale={stale || undefined}
      role="img"
      aria-label={label}
      viewBox={`0 0 ${drawing.columnCount} 100`}
      preserveAspectRatio="none"
      style={{ width, height }}
    >
      <title>{label}</title>
      <rect className={classes.ground} width={drawing.columnCount} height={100} />
      {drawing.fills.map(({ step, d }) => (
        <path key={step} d={d} fill={`var(--k-use-${step})`} />
      ))}
      {drawing.unknown !== '' && <path className={classes.unknown} d={drawing.unknown} />}
      <path
        className={classes.limit}
        d={`M0 20H${drawing.columnCount}`}
        vectorEffect="non-scaling-stroke"
      />
      {drawing.throttled !== '' && <path className={classes.throttled} d={drawing.throttled} />}
    </svg>
  );
}
