'use client';

import { useElementSize } from '@mantine/hooks';
import { useId, useMemo } from 'react';
import { PicturePlot } from '#components/primitives/picture-plot.tsx';
import { usePointedPlace } from '#components/primitives/use-pointed-place.ts';
import { timeTicks, timeTickTexts } from '#lib/charts/time-ticks.ts';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { boxAt, boxPath, drawLineage, type LineageBox, yOf } from '#lib/lineage/draw-lineage.ts';
import { kinOf } from '#lib/lineage/kin.ts';
import type { LineageMap } from '#lib/lineage/lineage-map.ts';
import { bandWords } from '#lib/lineage/lineage-words.ts';
import { type LineageStep, moveBand } from '#lib/lineage/move-band.ts';
import { useZone } from '#lib/time/zone-provider.tsx';
import { LineageTooltip } from './lineage-tooltip.tsx';
import classes from './lineage-view.module.css';

/** CSS pixels; as in the style sheet. */
const HEIGHT = 320;
const WIDTH_BEFORE_MEASURING = 1_340;
const TICKS_MAX = 9;

const STEP_OF_KEY: { readonly [key: string]: LineageStep } = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'parent',
  ArrowDown: 'child',
  Home: 'first',
  End: 'last',
};

type LineagePictureProps = {
  map: LineageMap;
  /** The part of the ring that is drawn; of another than the map's while that is read. */
  window: RingWindow;
  span: { readonly fromMs: number; readonly toMs: number };
  retentionHours: number;
  nowMs: number;
  selectedShardId: string | null;
  onSelect: (shardId: string | null) => void;
};

/**
 * The bands, with the strip's x axis. One list to assistive technology: arrow keys walk from side to side, up to a
 * parent and down to a child, Enter chooses.
 */
export function LineagePicture(props: LineagePictureProps) {
  const { map, window, span, selectedShardId, onSelect } = props;
  const id = useId();
  const zone = useZone();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured > 0 ? measured : WIDTH_BEFORE_MEASURING;
  const view = useMemo(
    () => ({ window, fromMs: span.fromMs, toMs: span.toMs, width, height: HEIGHT }),
    [window, span.fromMs, span.toMs, width],
  );
  const drawing = useMemo(() => drawLineage(map, view), [map, view]);
  const boxOfKey = (key: string | null) =>
    key === null ? null : (drawing.boxes.find((box) => keyOf(box) === key) ?? null);
  const selected =
    drawing.boxes.find(
      ({ band }) => selectedShardId !== null && band.shard?.shard.shardId === selectedShardId,
    ) ?? null;
  const { place, handlers } = usePointedPlace<string>({
    placeAt: (x, y) => keyOf(boxAt(drawing, x * width, y * HEIGHT)),
    move: (from, key) => {
      const step = STEP_OF_KEY[key];
      return step === undefined
        ? null
        : keyOf(moveBand(drawing.boxes, boxOfKey(from) ?? selected, step));
    },
    first: () => keyOf(selected ?? drawing.boxes[0] ?? null),
    onChoose: (key) => {
      const shardId = boxOfKey(key)?.band.shard?.shard.shardId ?? null;
      if (shardId !== null) onSelect(shardId === selectedShardId ? null : shardId);
    },
    onLeave: () => onSelect(null),
  });
  const active = boxOfKey(place);
  const kin = useMemo(() => {
    if (selectedShardId === null) return '';
    const of = kinOf(
      selectedShardId,
      map.bands.map(({ shard }) => shard).filter((one) => one !== null),
    );
    return drawing.boxes
      .filter(({ band }) => of.has(band.shard?.shard.shardId ?? ''))
      .map(boxPath)
      .join('');
  }, [selectedShardId, map, drawing]);
  const ticks = timeTicks(span.fromMs, span.toMs, zone, TICKS_MAX);
  const texts = timeTickTexts(ticks, zone);
  const context = { retentionHours: props.retentionHours, nowMs: props.nowMs, zone };

  return (
    <div className={classes.picture}>
      <div className={classes.times} aria-hidden>
        {ticks.map((ms, i) => (
          <span key={ms} style={{ top: yOf(ms, view) }}>
            {texts[i]}
          </span>
        ))}
      </div>
      <PicturePlot
        ref={ref}
        className={classes.plot}
        label={`Shards over time, ${drawing.boxes.length} bands; arrow keys walk to sides, parents and children`}
        handlers={handlers}
        active={
          active && {
            box: { left: active.x, top: active.y, width: active.width, height: active.height },
            words: bandWords(active.band, context),
            selected: active === selected,
            position: [drawing.boxes.indexOf(active) + 1, drawing.boxes.length],
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
            <pattern id={`${id}-many`} width="5" height="5" patternUnits="userSpaceOnUse">
              <path d="M0 0V5" className={classes.stripe} />
            </pattern>
          </defs>
          <path className={classes.expired} d={drawing.expired} />
          <path className={classes.closed} d={drawing.closed} />
          <path className={classes.open} d={drawing.open} />
          <path fill={`url(#${id}-many)`} d={drawing.many} />
          <path
            className={classes.grid}
            d={ticks.map((ms) => `M0 ${yOf(ms, view)}H${width}`).join('')}
          />
          {kin !== '' && <path className={classes.kin} d={kin} />}
          {selected !== null && <path className={classes.selected} d={boxPath(selected)} />}
          {active !== null && <path className={classes.active} d={boxPath(active)} />}
          <path className={classes.marksUnder} d={drawing.splits + drawing.merges} />
          <path className={classes.marks} d={drawing.splits + drawing.merges} />
          {drawing.labels.map(({ x, y, text }) => (
            <text key={`${x} ${y}`} className={classes.label} x={x} y={y}>
              {text}
            </text>
          ))}
        </svg>
        {active !== null && <LineageTooltip box={active} width={width} context={context} />}
      </PicturePlot>
    </div>
  );
}

/** A band is the same one while its shard is, or the shards that it stands for. */
function keyOf(box: LineageBox): string;
function keyOf(box: LineageBox | null): string | null;
function keyOf(box: LineageBox | null): string | null {
  if (box === null) return null;
  const { band } = box;
  return band.shard?.shard.shardId ?? `${band.start} ${band.createdAtMs} ${band.endedAtMs}`;
}
