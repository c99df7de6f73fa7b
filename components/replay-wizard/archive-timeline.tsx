'use client';

import { type KeyboardEvent, type PointerEvent, useMemo, useRef, useState } from 'react';
import { timeTicks, timeTickTexts } from '#lib/charts/time-ticks.ts';
import type { TimeSpan } from '#lib/domain/replay/plan/manifest.ts';
import { formatAge } from '#lib/format/age.ts';
import { formatBytes } from '#lib/format/bytes.ts';
import { formatInstant, zoneNames } from '#lib/format/time.ts';
import {
  type Brush,
  type BrushEnd,
  brushBetween,
  brushOfWindow,
  brushShares,
  dragEnd,
  moveEnd,
  stopsMoved,
  windowOfBrush,
} from '#lib/replay/wizard/brush.ts';
import type { TimelinePicture } from '#lib/replay/wizard/timeline-bars.ts';
import { rectPath } from '#lib/strip/rect-path.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import classes from './archive-timeline.module.css';

/** Units of the drawing, which is stretched to its box. */
const WIDTH = 1_000;
const HEIGHT = 100;
const TICKS_MAX = 6;

/** What a pointer holds: an end of the brush, or the instant that it was pressed at. */
type Held = { readonly kind: BrushEnd } | { readonly kind: 'new'; readonly atMs: number };

/**
 * The archive over time, a bar a bucket, as high as its bytes; a window of it is brushed with the pointer, or by its two
 * ends with the keys. What is brushed is told when the pointer is let go.
 */
export function ArchiveTimelinePicture(props: {
  readonly picture: TimelinePicture;
  /** Null: all. */
  readonly window: TimeSpan | null;
  readonly bucketMs: number;
  readonly onWindow: (window: TimeSpan) => void;
}) {
  const { picture, onWindow, bucketMs } = props;
  const zone = useZone();
  const plot = useRef<HTMLDivElement>(null);
  const held = useRef<Held | null>(null);
  const [moving, setMoving] = useState<Brush | null>(null);
  const { span, stops, bars, bytesMax } = picture;
  const brush = moving ?? brushOfWindow(props.window, span);
  const shares = brushShares(brush, span);
  const paths = useMemo(() => {
    const of = (certainty: (typeof bars)[number]['certainty']) =>
      bars
        .filter((bar) => bar.certainty === certainty && bar.height > 0)
        .map(({ x, width, height }) =>
          rectPath(
            x * WIDTH,
            (1 - height) * HEIGHT,
            Math.max(0.5, width * WIDTH - 0.5),
            height * HEIGHT,
          ),
        )
        .join('');
    return { counted: of('counted'), more: of('more'), unknown: of('unknown') };
  }, [bars]);
  const ticks = timeTicks(span.fromMs, span.toMs, zone, TICKS_MAX);
  const tickTexts = timeTickTexts(ticks, zone);

  function instantAt(event: PointerEvent): number {
    const box = plot.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return span.fromMs;
    return span.fromMs + ((event.clientX - box.left) / box.width) * (span.toMs - span.fromMs);
  }

  function press(event: PointerEvent, end: BrushEnd | null): void {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const atMs = instantAt(event);
    held.current = end === null ? { kind: 'new', atMs } : { kind: end };
    if (end === null) setMoving(brushBetween(stops, atMs, atMs));
  }

  function drag(event: PointerEvent): void {
    const what = held.current;
    if (what === null) return;
    const atMs = instantAt(event);
    if (what.kind === 'new') setMoving(brushBetween(stops, what.atMs, atMs));
    else setMoving(dragEnd(stops, brush, what.kind, atMs));
  }

  function release(): void {
    if (held.current === null) return;
    held.current = null;
    if (moving !== null) onWindow(windowOfBrush(moving));
    setMoving(null);
  }

  function walk(event: KeyboardEvent, end: BrushEnd): void {
    const by = stopsMoved(event.key);
    if (by === null) return;
    event.preventDefault();
    onWindow(windowOfBrush(moveEnd(stops, brush, end, by)));
  }

  return (
    <div>
      <div
        ref={plot}
        className={classes.plot}
        onPointerDown={(event) => press(event, null)}
        onPointerMove={drag}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <svg
          className={classes.bars}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          <path className={classes.counted} d={paths.counted} />
          <path className={classes.more} d={paths.more} />
          <path className={classes.unknown} d={paths.unknown} />
        </svg>
        <div
          className={classes.outside}
          style={{ insetInlineStart: 0, inlineSize: `${shares.from * 100}%` }}
        />
        <div
          className={classes.outside}
          style={{ insetInlineEnd: 0, inlineSize: `${(1 - shares.to) * 100}%` }}
        />
        {(['from', 'to'] as const).map((end) => {
          const ms = end === 'from' ? brush.fromMs : brush.toMs;
          return (
            <div
              key={end}
              className={classes.handle}
              style={{ insetInlineStart: `${shares[end] * 100}%` }}
              role="slider"
              tabIndex={0}
              aria-label={end === 'from' ? 'Window from' : 'Window to'}
              aria-valuemin={span.fromMs}
              aria-valuemax={span.toMs}
              aria-valuenow={ms}
              aria-valuetext={formatInstant(ms, zone)}
              onKeyDown={(event) => walk(event, end)}
              onPointerDown={(event) => press(event, end)}
            />
          );
        })}
      </div>
      <div className={classes.axis} aria-hidden>
        {ticks.map((ms, i) => (
          <span
            key={ms}
            className={classes.tick}
            style={{
              insetInlineStart: `clamp(24px, ${((ms - span.fromMs) / (span.toMs - span.fromMs)) * 100}%, 100% - 24px)`,
            }}
          >
            {tickTexts[i]}
          </span>
        ))}
      </div>
      <p className={classes.scale}>
        <span>
          A bar is {formatAge(bucketMs)}; the highest {formatBytes(bytesMax)} as stored
          {paths.more === '' ? '' : '; pale: at least'}
          {paths.unknown === '' ? '' : '; dashed: not counted'}
        </span>
        <span>{zoneNames(zone, span.fromMs, span.toMs)}</span>
      </p>
    </div>
  );
}
