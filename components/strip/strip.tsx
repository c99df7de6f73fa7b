'use client';

import { useElementSize, useMergedRef } from '@mantine/hooks';
import {
  memo,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { isAlone, ringCells } from '#lib/domain/ring-cells.ts';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { worstPlace } from '#lib/domain/worst-place.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import { type Pulse, viewInput } from '#lib/live/pulse.ts';
import type { WholeRingMap } from '#lib/live/use-ring-map.ts';
import { useShard } from '#lib/live/use-shard.ts';
import { fitsOption, hasCaption, labelRoom } from '#lib/strip/label-room.ts';
import type { StripMove } from '#lib/strip/move-place.ts';
import { placeAt } from '#lib/strip/place-at.ts';
import { bringIntoWindow, keyAt } from '#lib/strip/ring-window.ts';
import { piecesIn, stripModel } from '#lib/strip/strip-model.ts';
import { ALONE } from '#lib/trpc/make-client.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import { type ActiveShard, activeOfAlone, activeOfDetail } from './active-shard.ts';
import { HotSplits } from './hot-splits.tsx';
import classes from './strip.module.css';
import { StripEdge } from './strip-edge.tsx';
import { StripFrames } from './strip-frames.tsx';
import { StripLineage } from './strip-lineage.tsx';
import { StripOption } from './strip-option.tsx';
import { StripScale } from './strip-scale.tsx';
import { StripToolbar } from './strip-toolbar.tsx';
import { StripTooltip } from './strip-tooltip.tsx';
import { useActiveShard, type Walked } from './use-active-shard.ts';
import { useStripInput } from './use-strip-input.ts';

/** What the server draws for, until the browser has measured. */
const WIDTH_BEFORE_MEASURING = 1_340;

type StripProps = {
  /** What is known of the ring; of another window than `window` while that is read. */
  map: WholeRingMap;
  /** To ask for shards that are folded. */
  pulse: Pulse;
  at: PeriodAt | null;
  window: RingWindow;
  onWindow: (window: RingWindow) => void;
  /** Figures are not of now: drawn pale. */
  stale: boolean;
  /** False where CloudWatch has figures of the stream only: drawn low, as no frame is ever filled. */
  shardMetricsOn: boolean;
  /** Why a shard may have no datapoint, for its tooltip. */
  unknownReason: string;
  selectedShardId: string | null;
  onSelect: (shardId: string | null) => void;
  /** The hottest shard of all, if it is hot; it may be folded into a column. */
  hottestId: string | null;
  /** Opens the plan of a split; null where none can be planned: AWS chooses the shards, or they are of the past. */
  onSplit: ((shardId: string) => void) | null;
  /** Where on the ring a key lies that is looked for, 0 .. 1; null for none. */
  pin: number | null;
  /** What else there is of the shards, on the same x axis, below them. */
  below?: ReactNode;
};

/**
 * The hash-key space as a strip of film: each open shard a frame as wide as its range, filled to its use of
 * the tightest limit; thousands fall together into columns that show the worst. One list to assistive
 * technology, walked shard by shard with the arrow keys, also through those that are folded.
 */
export const Strip = memo(function Strip(props: StripProps) {
  const { map, pulse, at, window, onWindow, stale, shardMetricsOn, unknownReason } = props;
  const { selectedShardId, onSelect, pin } = props;
  const id = useId();
  const client = useTRPCClient();
  const box = useRef<HTMLDivElement>(null);
  const { ref: measure, width: measured } = useElementSize<HTMLDivElement>();
  const boxRef = useMergedRef(box, measure);
  const width = measured > 0 ? measured : WIDTH_BEFORE_MEASURING;

  const model = useMemo(() => stripModel(map), [map]);
  const pieces = useMemo(
    () => piecesIn(model.cells, map.window, window),
    [model.cells, map.window, window],
  );
  const cells = useMemo(() => ringCells(pieces, width), [pieces, width]);
  // What was read before metrics were switched off is still drawn at full height.
  const low = !shardMetricsOn && model.marks.every(({ use }) => Number.isNaN(use));

  const [walked, setWalked] = useState<Walked | null>(null);
  const stand = (place: number, shardId: string | null = null) =>
    setWalked({ topologyId: map.topologyId, place, shardId });
  const toggle = (shardId: string) => onSelect(shardId === selectedShardId ? null : shardId);

  /** The shard that holds a share of the window; of a folded one the server is asked. */
  async function shardUnder(share: number): Promise<ActiveShard | null> {
    const cell = placeAt(pieces, share);
    const alone = cell === null ? undefined : model.alone.get(cell);
    if (alone !== undefined) return activeOfAlone(alone, model.period);
    const key = keyAt(window, share);
    const { range } = active?.shard ?? {};
    // What the pointer rests on is known already.
    if (active !== null && range !== undefined && range.start <= key && key <= range.end) {
      return active;
    }
    return ask({ by: 'key', hashKey: String(key) });
  }

  async function ask(
    choice: Parameters<typeof client.streams.shard.query>[0]['choice'],
  ): Promise<ActiveShard | null> {
    try {
      return activeOfDetail(
        await client.streams.shard.query({ ...viewInput(pulse, at), choice }, ALONE),
      );
    } catch {
      // The page says already that the server does not answer; what was pointed at stays.
      return null;
    }
  }

  async function move(step: StripMove): Promise<void> {
    if (step.along === 'ring') {
      stand(step.place);
      return;
    }
    const place = walked?.place ?? null;
    const found = await ask({ by: 'use', place, steps: place === null ? 0 : step.steps });
    if (found !== null) stand(found.place, found.shard.shardId);
  }

  const input = useStripInput({
    box,
    window,
    onWindow,
    openCount: map.openCount,
    place: walked?.place ?? null,
    onMove: (step) => void move(step),
    onEnter() {
      const worst = model.marks[worstPlace(model.marks, 0, model.marks.length - 1)];
      if (walked === null) stand(selected?.place ?? worst?.worstPlace ?? 0, selectedShardId);
    },
    onLeave: () => setWalked(null),
    async onPick(share, touched) {
      const picked = await shardUnder(share);
      if (picked === null) return;
      setWalked(null);
      if (touched) stand(picked.place, picked.shard.shardId);
      toggle(picked.shard.shardId);
    },
    onPickWalked() {
      if (active !== null) toggle(active.shard.shardId);
    },
    onEscape() {
      setWalked(null);
      onSelect(null);
    },
  });
  const { hovered, brushed } = input;
  const active = useActiveShard({ pulse, at, map, model, window, hovered, walked });

  const aloneSelected = useMemo(
    () => [...model.alone.values()].find(({ shard }) => shard.shardId === selectedShardId),
    [model, selectedShardId],
  );
  const { detail: selectedDetail } = useShard(
    pulse,
    at,
    selectedShardId === null || aloneSelected !== undefined
      ? null
      : { by: 'id', shardId: selectedShardId },
  );
  const selected =
    aloneSelected !== undefined
      ? activeOfAlone(aloneSelected, model.period)
      : activeOfDetail(selectedDetail);

  const follow = useEffectEvent((shardId: string) => {
    if (active === null) return;
    const next = bringIntoWindow(window, active.shard.start, active.shard.end);
    if (next !== window) onWindow(next);
    // After a reshard the shard stands at another place.
    stand(active.place, shardId);
  });
  const followedId = hovered === null && walked !== null ? (active?.shard.shardId ?? null) : null;
  useEffect(() => {
    if (followedId !== null) follow(followedId);
  }, [followedId]);

  const span = window.to - window.from;
  // A shard that reaches beyond the window is drawn as far as the window goes.
  const share = (onRing: number) => Math.min(1, Math.max(0, (onRing - window.from) / span));
  const options = cells.flatMap((cell) => {
    const alone =
      isAlone(cell) && fitsOption(cell.width) ? model.alone.get(cell.firstPlace) : undefined;
    return alone === undefined
      ? []
      : [{ ...activeOfAlone(alone, model.period), width: cell.width }];
  });
  const drawn = new Set(options.map(({ shard }) => shard.shardId));
  const extra = [active, selected].filter(
    (one, i, all): one is ActiveShard =>
      one !== null &&
      !drawn.has(one.shard.shardId) &&
      all.findIndex((other) => other?.shard.shardId === one.shard.shardId) === i,
  );
  // Known from the widths alone: what figures come must not move what is below.
  const captioned = options.some(({ width: each }) => hasCaption(labelRoom(each)));
  const optionId = (place: number) => `${id}-${place}`;
  const column = hovered === null ? null : foldedColumn(hovered);

  function foldedColumn(at: number) {
    const cell = placeAt(pieces, at);
    if (cell === null || model.alone.has(cell)) return null;
    const { firstPlace = 0, lastPlace = 0 } = model.cells[cell] ?? {};
    return { count: lastPlace - firstPlace + 1, mark: model.marks[cell] ?? null };
  }

  return (
    <div
      className={classes.strip}
      data-stale={stale || undefined}
      data-captions={captioned ? undefined : 'none'}
      data-low={low || undefined}
    >
      <StripScale />
      <div className={classes.film}>
        <StripEdge width={width} keysOf={window} />
        <div
          ref={boxRef}
          className={classes.frames}
          role="listbox"
          aria-label="Open shards by hash-key range"
          aria-orientation="horizontal"
          aria-activedescendant={active === null ? undefined : optionId(active.place)}
          tabIndex={0}
          {...input.handlers}
        >
          <StripFrames cells={cells} marks={model.marks} width={width} />
          {[...options, ...extra.map((one) => ({ ...one, width: 0 }))].map((one) => (
            <StripOption
              key={one.shard.shardId}
              id={optionId(one.place)}
              shard={one.shard}
              reading={one.reading}
              width={one.width}
              start={share(one.shard.start)}
              end={share(one.shard.end)}
              place={one.place}
              count={map.openCount}
              selected={one.shard.shardId === selectedShardId}
              noted={low}
            />
          ))}
          {active !== null && (
            <div
              className={classes.active}
              style={{
                left: `${share(active.shard.start) * 100}%`,
                width: `max(3px, ${(share(active.shard.end) - share(active.shard.start)) * 100}%)`,
              }}
              aria-hidden
            />
          )}
          {pin !== null && share(pin) >= 0 && share(pin) <= 1 && (
            <div className={classes.pin} style={{ left: `${share(pin) * 100}%` }} aria-hidden>
              <span>key</span>
            </div>
          )}
          {brushed !== null && (
            <div
              className={classes.brushed}
              style={{
                left: `${Math.min(brushed.from, brushed.to) * 100}%`,
                width: `${Math.abs(brushed.to - brushed.from) * 100}%`,
              }}
              aria-hidden
            />
          )}
        </div>
        <StripEdge width={width} keysOf={null} />
        <StripLineage geometry={map.geometry} seen={map.window} drawn={window} />
        {(active !== null || hovered !== null) && brushed === null && (
          <StripTooltip
            presentOf={at === null ? pulse.streamId : null}
            active={active}
            middle={
              active === null
                ? (hovered ?? 0)
                : (share(active.shard.start) + share(active.shard.end)) / 2
            }
            column={column}
            stale={stale}
            unknownReason={unknownReason}
          />
        )}
      </div>
      {props.below !== undefined && <div className={classes.below}>{props.below}</div>}
      <div className={classes.tools}>
        {props.onSplit !== null && (
          <HotSplits model={model} hottestId={props.hottestId} onSplit={props.onSplit} />
        )}
        <StripToolbar
          window={window}
          inSight={inSight(model.cells)}
          openCount={map.openCount}
          onWindow={onWindow}
        />
      </div>
    </div>
  );
});

function inSight(cells: ReturnType<typeof stripModel>['cells']): number {
  const [first] = cells;
  const last = cells.at(-1);
  return first === undefined || last === undefined ? 0 : last.lastPlace - first.firstPlace + 1;
}
