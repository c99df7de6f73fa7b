import { useMemo } from 'react';
import type { RingCell } from '#lib/domain/ring-cells.ts';
import { countOf } from '#lib/format/count.ts';
import { formatUse } from '#lib/format/percent.ts';
import type { PlannedStrip as PlannedStripCells } from '#lib/reshard/preview-view.ts';
import { stripPaths } from '#lib/strip/strip-paths.ts';
import classes from './reshard-tab.module.css';

/** Units of the drawing, which is stretched to its box. */
const WIDTH = 1_200;
/** With more shards none has room for its figure. */
const CAPTIONS_MAX = 48;
const HEIGHTS = { headroom: 14, toLimit: 56 };

/** A layout with the use that each shard has or will have, drawn as the strip is. */
export function PlannedStrip(props: {
  readonly label: string;
  readonly cells: PlannedStripCells;
  readonly shardCount: number;
  readonly busiestUse: number | null;
}) {
  const { cells, label, shardCount, busiestUse } = props;
  const paths = useMemo(() => {
    const boxes = cells.map(
      ({ start, end }, i): RingCell => ({
        x: start * WIDTH,
        width: (end - start) * WIDTH,
        firstPlace: i,
        lastPlace: i,
      }),
    );
    const marks = cells.map(({ use }) => ({ use: use ?? Number.NaN, throttled: false }));
    return stripPaths(boxes, marks, HEIGHTS);
  }, [cells]);
  const words = `${label}: ${countOf(shardCount, 'shard')}, the busiest at ${busiestUse === null ? 'an unknown use' : formatUse(busiestUse)}`;
  return (
    <div>
      <svg
        className={classes.strip}
        viewBox={`0 0 ${WIDTH} ${HEIGHTS.headroom + HEIGHTS.toLimit}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={words}
      >
        <path d={paths.grounds} fill="var(--k-track)" />
        {paths.fills.map(({ step, d }) => (
          <path key={step} d={d} fill={`var(--k-use-${step})`} />
        ))}
        <path d={paths.unknown} fill="none" stroke="var(--k-line-strong)" strokeDasharray="3 3" />
        <path d={`M0 ${HEIGHTS.headroom}H${WIDTH}`} stroke="var(--k-limit)" fill="none" />
      </svg>
      {cells.length <= CAPTIONS_MAX && (
        <div className={classes.captions} aria-hidden>
          {cells.map(({ start, end, use }) => (
            <span
              key={start}
              className={classes.caption}
              style={{ insetInlineStart: `${start * 100}%`, inlineSize: `${(end - start) * 100}%` }}
            >
              <span>{formatUse(use)}</span>
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
