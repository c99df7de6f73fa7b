'use client';

import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useMemo, useRef } from 'react';
import { PicturePlot } from '#components/primitives/picture-plot.tsx';
import { PointerTooltip } from '#components/primitives/pointer-tooltip.tsx';
import { usePointedPlace } from '#components/primitives/use-pointed-place.ts';
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
  const zone = useZone();
  const scheme = useComputedColorScheme('dark');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const height = Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, map.bands.length * BAND_HEIGHT));
  const view = useMemo(() => ({ ...span, width, height }), [span, width, height]);
  const runs = useMemo(() => heatRuns(map, retentionHours * 3_600), [map, retentionHours]);

  // The scheme decides what colours the tokens have.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read from the document
  useEffect(() => {
    const element = canvas.current;
    if (element === null || width === 0) return;
    drawHeat(element, map, runs, view, readHeatColors(element));
  }, [map, runs, view, width, scheme]);

  const wordsAt = (at: Place | null) => {
    const cell = at === null ? null : heatCell(map, at.band, at.column);
    return cell === null ? null : { cell, words: heatWords(cell, map.periodSeconds, zone) };
  };
  const { place, handlers } = usePointedPlace<Place>({
    placeAt: (x, y) => {
      const ms = span.fromMs + x * (span.toMs - span.fromMs);
      const column = Math.floor((ms - map.fromMs) / (map.periodSeconds * 1_000));
      const band = bandAt(map.bands, y);
      return heatCell(map, band, column) === null ? null : { band, column };
    },
    move: (from, key) => moveCell(from, key, map.bands.length, map.columns),
    first: () => ({ band: 0, column: map.columns - 1 }),
    onChoose: (at) => {
      const shardId = wordsAt(at)?.words.shardId ?? null;
      if (shardId !== null) onSelect(shardId);
    },
  });
  const pointed = wordsAt(place);
  const ticks =
    width === 0 ? [] : timeTicks(span.fromMs, span.toMs, zone, Math.floor(width / TICK_WIDTH));
  const texts = timeTickTexts(ticks, zone);

  return (
    <div className={classes.picture}>
      <div className={classes.rows} style={{ blockSize: height }} aria-hidden>
        {rowLabels(map, height).map(({ key, top, text }) => (
          <span key={key} style={{ insetBlockStart: top }}>
            {text}
          </span>
        ))}
      </div>
      <PicturePlot
        ref={ref}
        className={classes.plot}
        style={{ blockSize: height }}
        stale={stale}
        outlined
        label={`Lag over ${map.bands.length} rows of shards in hash-key order and ${map.columns} periods; arrow keys walk`}
        handlers={handlers}
        active={
          pointed && {
            box: boxOf(map, pointed.cell, view),
            words: spoken(pointed.words),
            selected: false,
          }
        }
      >
        <canvas ref={canvas} aria-hidden />
        {pointed !== null && (
          <PointerTooltip
            at={columnX(map, pointed.cell.column, view) / Math.max(1, width)}
            width={280}
            top="calc(100% + 22px)"
            id={pointed.words.shardId}
          >
            <p>
              {pointed.words.status}
              {pointed.words.shardId !== null && `, ${pointed.words.lag}`}
            </p>
            <p className={classes.quiet}>{pointed.words.period}</p>
          </PointerTooltip>
        )}
      </PicturePlot>
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
