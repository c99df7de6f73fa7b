'use client';

import { memo, useId, useMemo } from 'react';
import { PicturePlot } from '#components/primitives/picture-plot.tsx';
import { PointerTooltip } from '#components/primitives/pointer-tooltip.tsx';
import { usePointedPlace } from '#components/primitives/use-pointed-place.ts';
import { cellWords } from '#lib/consumers/cell-words.ts';
import type { ConsumerRows, ConsumerRow as Row } from '#lib/consumers/consumer-rows.ts';
import { rowPaths } from '#lib/consumers/row-paths.ts';
import type { RingPiece } from '#lib/domain/ring-cells.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { placeAt } from '#lib/strip/place-at.ts';
import classes from './consumer-rows.module.css';

/** CSS pixels; as in the style sheet. */
const HEIGHT = 18;

const MOVES: { readonly [key: string]: (at: number, count: number) => number } = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** One application along the strip: a list to assistive technology, walked cell by cell; Enter chooses the shard. */
export const ConsumerRow = memo(function ConsumerRow(props: {
  readonly row: Row;
  /** Where the cells lie, as shares of what is drawn. */
  readonly pieces: readonly RingPiece[];
  readonly cells: ConsumerRows['cells'];
  readonly width: number;
  readonly retentionSeconds: number;
  readonly nowMs: number;
  readonly stale: boolean;
  readonly selectedShardId: string | null;
  readonly onSelect: (shardId: string | null) => void;
}) {
  const { row, pieces, cells, width, retentionSeconds, nowMs, selectedShardId } = props;
  const id = useId();
  const paths = useMemo(
    () => rowPaths(pieces, row.cells, width, HEIGHT, retentionSeconds),
    [pieces, row.cells, width, retentionSeconds],
  );
  const { place, handlers } = usePointedPlace<number>({
    placeAt: (x) => placeAt(pieces, x),
    move: (from, key) => {
      const to = MOVES[key]?.(from ?? 0, row.cells.length) ?? null;
      return to === null ? null : Math.min(row.cells.length - 1, Math.max(0, to));
    },
    first: () => 0,
    onChoose: (at) => {
      const shard = at === null ? null : (row.cells[at]?.shard ?? null);
      if (shard === null) return;
      const shardId = shardIdOf(shard);
      props.onSelect(shardId === selectedShardId ? null : shardId);
    },
  });
  const cell = place === null ? undefined : row.cells[place];
  const piece = place === null ? undefined : pieces[place];
  const pointed =
    place === null || cell === undefined || piece === undefined
      ? null
      : { place, cell, piece, words: cellWords(cell, cells[place]?.shardCount ?? 1, nowMs) };

  return (
    <PicturePlot
      className={classes.cells}
      stale={props.stale}
      horizontal
      outlined
      label={`Lag of ${row.name} by hash-key range, ${row.cells.length} cells; arrow keys walk`}
      handlers={handlers}
      active={
        pointed && {
          box: {
            insetBlock: 0,
            insetInlineStart: `${pointed.piece.start * 100}%`,
            inlineSize: `max(3px, ${(pointed.piece.end - pointed.piece.start) * 100}%)`,
          },
          words: `${pointed.words.shard}: ${pointed.words.status}, ${pointed.words.lag}, ${pointed.words.owner}`,
          selected:
            pointed.cell.shard !== null && shardIdOf(pointed.cell.shard) === selectedShardId,
          position: [pointed.place + 1, row.cells.length],
        }
      }
    >
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        focusable="false"
      >
        <defs>
          <pattern
            id={`${id}-stuck`}
            width={5}
            height={5}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className={classes.hatchLine} width={1.75} height={5} />
          </pattern>
        </defs>
        {paths.fills.map(({ step, d }) => (
          <path key={step} d={d} fill={`var(--k-use-${step})`} />
        ))}
        <path d={paths.stuck} fill={`url(#${id}-stuck)`} />
        <path className={classes.stuckThin} d={paths.stuckThin} />
        <path className={classes.unknown} d={paths.unknown} />
      </svg>
      {pointed !== null && (
        <PointerTooltip
          at={(pointed.piece.start + pointed.piece.end) / 2}
          width={340}
          top="calc(100% + 6px)"
          id={pointed.words.shard}
        >
          <p>
            <strong>{row.name}</strong>: {pointed.words.status}
          </p>
          <p>{pointed.words.lag}</p>
          <p className={classes.quiet}>{pointed.words.owner}</p>
        </PointerTooltip>
      )}
    </PicturePlot>
  );
});
