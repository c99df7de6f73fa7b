'use client';

import { useElementSize } from '@mantine/hooks';
import { memo, useId, useMemo } from 'react';
import type { Frame } from '#lib/domain/frame.ts';
import type { TopologyView } from '#lib/live/stream-detail.ts';
import { hasCaption, labelRoom } from '#lib/strip/label-room.ts';
import { lineageGhosts } from '#lib/strip/lineage-ghosts.ts';
import { ringShards } from '#lib/strip/ring-shards.ts';
import { shardReadings } from '#lib/strip/shard-readings.ts';
import { stripCells } from '#lib/strip/strip-cells.ts';
import { placesByUse } from '#lib/strip/worst-place.ts';
import classes from './strip.module.css';
import { StripEdge } from './strip-edge.tsx';
import { StripFrames } from './strip-frames.tsx';
import { StripLineage } from './strip-lineage.tsx';
import { StripOption } from './strip-option.tsx';
import { StripScale } from './strip-scale.tsx';
import { StripTooltip } from './strip-tooltip.tsx';
import { useStripPointer } from './use-strip-pointer.ts';

/** What the server draws for, until the browser has measured. */
const WIDTH_BEFORE_MEASURING = 1_340;
const GENERATIONS_DRAWN = 3;

type StripProps = {
  topology: TopologyView;
  /** null where nothing has been read of this topology. */
  frame: Frame | null;
  /** Figures are not of now: drawn pale. */
  stale: boolean;
  /** False where CloudWatch has figures of the stream only: drawn low, as no frame is ever filled. */
  shardMetricsOn: boolean;
  /** Why a shard may have no datapoint, for its tooltip. */
  unknownReason: string;
  selectedShardId: string | null;
  onSelect: (shardId: string | null) => void;
};

/**
 * The hash-key space as a strip of film: each open shard a frame as wide as its range, filled to its use of
 * the tightest limit. One list to assistive technology, walked with the arrow keys.
 */
export const Strip = memo(function Strip(props: StripProps) {
  const { topology, frame, stale, shardMetricsOn, unknownReason, selectedShardId, onSelect } =
    props;
  const id = useId();
  const { ref, width: measured } = useElementSize<HTMLDivElement>();
  const width = measured > 0 ? measured : WIDTH_BEFORE_MEASURING;

  const ring = useMemo(() => ringShards(topology), [topology]);
  const lineage = useMemo(() => lineageGhosts(topology, GENERATIONS_DRAWN), [topology]);
  const cells = useMemo(() => stripCells(ring, width), [ring, width]);
  const readings = useMemo(
    () => shardReadings(frame, topology.topologyId, ring.length),
    [frame, topology.topologyId, ring.length],
  );
  // What was read before metrics were switched off is still drawn at full height.
  const low = !shardMetricsOn && readings.every(({ tightest }) => tightest.limit === null);
  const byUse = useMemo(() => placesByUse(readings), [readings]);
  const { activePlace, handlers } = useStripPointer({ ring, byUse, selectedShardId, onSelect });

  const optionPlaces = useMemo(() => {
    const alone = cells.filter((cell) => cell.firstPlace === cell.lastPlace);
    return new Map(alone.map((cell) => [cell.firstPlace, cell]));
  }, [cells]);
  // Known from the widths alone: what figures come must not move what is below.
  const captioned = cells.some((cell) => hasCaption(labelRoom(cell.width)));
  const selectedPlace = ring.findIndex((shard) => shard.shardId === selectedShardId);
  const extraPlaces = [...new Set([activePlace, selectedPlace])].filter(
    (place): place is number => place !== null && place >= 0 && !optionPlaces.has(place),
  );
  const active = activePlace === null ? undefined : ring[activePlace];
  const activeReading = activePlace === null ? undefined : readings[activePlace];
  const optionId = (place: number) => `${id}-${place}`;

  return (
    <div
      className={classes.strip}
      data-stale={stale || undefined}
      data-captions={captioned ? undefined : 'none'}
      data-low={low || undefined}
    >
      <StripScale />
      <div className={classes.film}>
        <StripEdge width={width} written />
        <div
          ref={ref}
          className={classes.frames}
          role="listbox"
          aria-label="Open shards by hash-key range"
          aria-orientation="horizontal"
          aria-activedescendant={activePlace === null ? undefined : optionId(activePlace)}
          tabIndex={0}
          {...handlers}
        >
          <StripFrames cells={cells} readings={readings} width={width} />
          {[...optionPlaces.keys(), ...extraPlaces].map((place) => {
            const shard = ring[place];
            const reading = readings[place];
            return shard === undefined || reading === undefined ? null : (
              <StripOption
                key={shard.shardId}
                id={optionId(place)}
                shard={shard}
                reading={reading}
                width={optionPlaces.get(place)?.width ?? 0}
                place={place}
                count={ring.length}
                selected={place === selectedPlace}
                noted={low}
              />
            );
          })}
          {active !== undefined && (
            <div
              className={classes.active}
              style={{
                left: `${active.start * 100}%`,
                width: `max(3px, ${(active.end - active.start) * 100}%)`,
              }}
              aria-hidden
            />
          )}
        </div>
        <StripEdge width={width} written={false} />
        <StripLineage lineage={lineage} />
        {active !== undefined && activeReading !== undefined && (
          <StripTooltip
            shard={active}
            reading={activeReading}
            frame={frame}
            stale={stale}
            unknownReason={unknownReason}
          />
        )}
      </div>
    </div>
  );
});
