'use client';

import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useId,
  useMemo,
  useState,
} from 'react';
import { type CellWords, cellWords } from '#lib/consumers/cell-words.ts';
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
  const [hovered, setHovered] = useState<number | null>(null);
  const [walked, setWalked] = useState<number | null>(null);
  const paths = useMemo(
    () => rowPaths(pieces, row.cells, width, HEIGHT, retentionSeconds),
    [pieces, row.cells, width, retentionSeconds],
  );
  const place = hovered ?? walked;
  const cell = place === null ? undefined : row.cells[place];
  const piece = place === null ? undefined : pieces[place];
  const words =
    cell === undefined ? null : cellWords(cell, cells[place ?? 0]?.shardCount ?? 1, nowMs);

  function choose(at: number | null): void {
    const shard = at === null ? null : (row.cells[at]?.shard ?? null);
    if (shard === null) return;
    const shardId = shardIdOf(shard);
    props.onSelect(shardId === selectedShardId ? null : shardId);
  }

  function placeUnder(event: PointerEvent<HTMLDivElement>): number | null {
    const box = event.currentTarget.getBoundingClientRect();
    return placeAt(pieces, (event.clientX - box.left) / box.width);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const move = MOVES[event.key];
    if (move !== undefined) {
      event.preventDefault();
      setHovered(null);
      const to = move(walked ?? 0, row.cells.length);
      setWalked(Math.min(row.cells.length - 1, Math.max(0, to)));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(walked);
    } else if (event.key === 'Escape') {
      setWalked(null);
    }
  }

  return (
    <div
      className={classes.cells}
      data-stale={props.stale || undefined}
      role="listbox"
      aria-orientation="horizontal"
      aria-label={`Lag of ${row.name} by hash-key range, ${row.cells.length} cells; arrow keys walk`}
      aria-activedescendant={words === null ? undefined : `${id}-active`}
      tabIndex={0}
      onPointerMove={(event) => setHovered(placeUnder(event))}
      onPointerLeave={() => setHovered(null)}
      onClick={() => choose(hovered)}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) setWalked((known) => known ?? 0);
      }}
      onBlur={() => setWalked(null)}
      onKeyDown={onKeyDown}
    >
      <svg
        className={classes.drawing}
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
      {words !== null && piece !== undefined && (
        <div
          id={`${id}-active`}
          role="option"
          aria-selected={cell?.shard != null && shardIdOf(cell.shard) === selectedShardId}
          aria-posinset={(place ?? 0) + 1}
          aria-setsize={row.cells.length}
          tabIndex={-1}
          className={classes.active}
          style={{
            insetInlineStart: `${piece.start * 100}%`,
            inlineSize: `max(3px, ${(piece.end - piece.start) * 100}%)`,
          }}
        >
          <span className={classes.hidden}>
            {words.shard}: {words.status}, {words.lag}, {words.owner}
          </span>
        </div>
      )}
      {words !== null && piece !== undefined && (
        <Tooltip name={row.name} words={words} at={(piece.start + piece.end) / 2} />
      )}
    </div>
  );
});

function Tooltip(props: { readonly name: string; readonly words: CellWords; readonly at: number }) {
  const { words } = props;
  return (
    <div
      className={classes.tooltip}
      style={{ '--at': Math.min(1, Math.max(0, props.at)) } as CSSProperties}
      aria-hidden
    >
      <p className={classes.id}>{words.shard}</p>
      <p>
        <strong>{props.name}</strong>: {words.status}
      </p>
      <p>{words.lag}</p>
      <p className={classes.quiet}>{words.owner}</p>
    </div>
  );
}
