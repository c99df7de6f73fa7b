'use client';

import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { timeTicks, timeTickTexts } from '#lib/charts/time-ticks.ts';
import { type HeatCell, type HeatMap, heatCell } from '#lib/consumers/heat-map.ts';
import { heatRuns } from '#lib/consumers/heat-runs.ts';
import { type HeatWords, heatWords } from '#lib/consumers/heat-words.ts';
import { bandAt, moveCell } from '#lib/consumers/move-cell.ts';
import { shardIdOf } from '#lib/domain/shard.ts';
import { shortShardId } from '#lib/format/shard-id.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { columnX, drawHeat } from './draw-heat.ts';
import { readHeatColors } from './heat-colors.ts';
import classes from './heat-picture.module.css';

/** CSS pixels; as in the style sheet. */
const HEIGHT_MAX = 320;
const BAND_HEIGHT = 24;
const HEIGHT_MIN = 96;
/** Room that a time of day takes on the x axis. */
const TICK_WIDTH = 68;
/** A row that is lower has no room for the id of its shard. */
const LABEL_HEIGHT = 13;

type Place = { readonly band: number; readonly column: number };

type HeatPictureProps = {
  readonly map: HeatMap;
  readonly span: { readonly fromMs: number; readonly toMs: number };
  readonly retentionHours: number;
  readonly stale: boolean;
  readonly onSelect: (shardId: string) => void;
};

/**
 * Lag over shards, in hash-key order from top to bottom, and over time. One picture to assistive technology, walked
 * cell by cell with the arrow keys; Enter shows the shard's lease.
 */
export function HeatPicture(props: HeatPictureProps) {
  const { map, span, retentionHours, stale, onSelect } = props;
  const id = useId();
  const zone = useZone();
  const scheme = useComputedColorScheme('dark');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, map.bands.length * BAND_HEIGHT));
  const view = useMemo(() => ({ ...span, width, height }), [span, width, height]);
  const runs = useMemo(() => heatRuns(map, retentionHours * 3_600), [map, retentionHours]);
  const [hovered, setHovered] = useState<Place | null>(null);
  const [walked, setWalked] = useState<Place | null>(null);

  // The scheme decides what colours the tokens have.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read from the document
  useEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0) return;
    drawHeat(element, map, runs, view, readHeatColors(element));
  }, [map, runs, view, width, scheme]);

  const place = hovered ?? walked;
  const active = place === null ? null : heatCell(map, place.band, place.column);
  const words = active === null ? null : heatWords(active, map.periodSeconds, zone);
  const ticks =
    width === 0 ? [] : timeTicks(span.fromMs, span.toMs, zone, Math.floor(width / TICK_WIDTH));
  const texts = timeTickTexts(ticks, zone);

  function placeUnder(event: PointerEvent<HTMLDivElement>): Place | null {
    const box = event.currentTarget.getBoundingClientRect();
    const ms = span.fromMs + ((event.clientX - box.left) / box.width) * (span.toMs - span.fromMs);
    const column = Math.floor((ms - map.fromMs) / (map.periodSeconds * 1_000));
    const band = bandAt(map.bands, (event.clientY - box.top) / box.height);
    return heatCell(map, band, column) === null ? null : { band, column };
  }

  function onKeyDown(event: KeyboardEvent): void {
    const next = moveCell(walked, event.key, map.bands.length, map.columns);
    if (next !== null) {
      event.preventDefault();
      setHovered(null);
      setWalked(next);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (words?.shardId != null) onSelect(words.shardId);
    } else if (event.key === 'Escape') {
      setWalked(null);
    }
  }

  return (
    <div className={classes.picture} data-stale={stale || undefined}>
      <div className={classes.rows} style={{ blockSize: height }} aria-hidden>
        {rowLabels(map, height).map(({ key, top, text }) => (
          <span key={key} style={{ insetBlockStart: top }}>
            {text}
          </span>
        ))}
      </div>
      <div
        ref={ref}
        className={classes.plot}
        style={{ blockSize: height }}
        role="listbox"
        aria-label={`Lag over ${map.bands.length} rows of shards in hash-key order and ${map.columns} periods; arrow keys walk`}
        aria-activedescendant={active === null ? undefined : `${id}-active`}
        tabIndex={0}
        onPointerMove={(event) => setHovered(placeUnder(event))}
        onPointerLeave={() => setHovered(null)}
        onClick={() => {
          if (hovered !== null && words?.shardId != null) onSelect(words.shardId);
        }}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) {
            setWalked((known) => known ?? { band: 0, column: map.columns - 1 });
          }
        }}
        onBlur={() => setWalked(null)}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} className={classes.drawing} aria-hidden />
        {active !== null && words !== null && (
          <div
            id={`${id}-active`}
            role="option"
            aria-selected={false}
            tabIndex={-1}
            className={classes.active}
            style={boxOf(map, active, view)}
          >
            <span className={classes.hidden}>{spoken(words)}</span>
          </div>
        )}
        {active !== null && words !== null && (
          <Tooltip words={words} x={columnX(map, active.column, view) / Math.max(1, width)} />
        )}
      </div>
      <div className={classes.times} aria-hidden>
        {ticks.map((ms, i) => (
          <span
            key={ms}
            style={{
              insetInlineStart: `${((ms - span.fromMs) / (span.toMs - span.fromMs)) * 100}%`,
            }}
          >
            {texts[i]}
          </span>
        ))}
      </div>
    </div>
  );
}

function Tooltip({ words, x }: { readonly words: HeatWords; readonly x: number }) {
  return (
    <div
      className={classes.tooltip}
      style={{ '--at': Math.min(1, Math.max(0, x)) } as CSSProperties}
      aria-hidden
    >
      {words.shardId !== null && <p className={classes.id}>{words.shardId}</p>}
      <p>
        {words.status}
        {words.shardId !== null && `, ${words.lag}`}
      </p>
      <p className={classes.quiet}>{words.period}</p>
    </div>
  );
}

function spoken({ shardId, period, status, lag }: HeatWords): string {
  return shardId === null ? `${status}, ${period}` : `${shardId}: ${status}, ${lag}, ${period}`;
}

function boxOf(map: HeatMap, cell: HeatCell, view: Parameters<typeof columnX>[2]) {
  const band = map.bands[cell.band] ?? { start: 0, end: 0 };
  const left = columnX(map, cell.column, view);
  return {
    insetInlineStart: left,
    inlineSize: Math.max(3, columnX(map, cell.column + 1, view) - left),
    insetBlockStart: band.start * view.height,
    blockSize: Math.max(3, (band.end - band.start) * view.height),
  };
}

/** The shard of each row at present where there is room for it; else where on the ring rows lie. */
function rowLabels(map: HeatMap, height: number) {
  const own = map.bands.every(({ start, end }) => (end - start) * height >= LABEL_HEIGHT);
  if (!own) {
    return [0, 0.25, 0.5, 0.75].map((share) => ({
      key: share,
      top: share * height + 7,
      text: `${share * 100} %`,
    }));
  }
  return map.bands.map((band, i) => {
    const shard = newestShard(map, i);
    return {
      key: band.start,
      top: ((band.start + band.end) / 2) * height,
      text: shard === null ? '' : shortShardId(shard),
    };
  });
}

function newestShard(map: HeatMap, band: number): string | null {
  for (let column = map.columns - 1; column >= 0; column -= 1) {
    const shard = heatCell(map, band, column)?.shard ?? null;
    if (shard !== null) return shardIdOf(shard);
  }
  return null;
}
