'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import type { PeriodAt } from '#lib/live/figure-period.ts';
import type { Pulse } from '#lib/live/pulse.ts';
import type { WholeRingMap } from '#lib/live/use-ring-map.ts';
import { type ShardWanted, useShard } from '#lib/live/use-shard.ts';
import { placeAt } from '#lib/strip/place-at.ts';
import { keyAt } from '#lib/strip/ring-window.ts';
import type { AloneShard, StripModel } from '#lib/strip/strip-model.ts';
import { type ActiveShard, activeOfAlone, activeOfDetail } from './active-shard.ts';

/** Who walks the strip stands at a place of a topology; after a reshard it is the shard that counts. */
export type Walked = {
  readonly topologyId: number;
  readonly place: number;
  readonly shardId: string | null;
};

/** A pointer that crosses the strip asks the server for where it comes in, and then for where it rests. */
const REST_MS = 25;

/**
 * The shard under the pointer or, failing that, under the keyboard. One that the map shows alone is known at
 * once; of one that is folded the server is asked.
 *
 * @param hovered share of the window under the pointer; null where there is none
 * @returns null while nothing is pointed at, or the answer is under way
 */
export function useActiveShard(args: {
  readonly pulse: Pulse;
  readonly at: PeriodAt | null;
  readonly map: WholeRingMap;
  readonly model: StripModel;
  readonly window: RingWindow;
  readonly hovered: number | null;
  readonly walked: Walked | null;
}): ActiveShard | null {
  const { pulse, at, map, model, window, hovered, walked } = args;
  const isDrawn = map.window.from === window.from && map.window.to === window.to;
  const alone = useMemo(() => byPlace(model), [model]);
  const near = isDrawn ? aloneAt(model, alone, hovered, walked, map.topologyId) : null;

  const hoveredKey = hovered === null || near !== null ? null : String(keyAt(window, hovered));
  const [restedKey] = useDebouncedValue(hoveredKey, REST_MS, { leading: true });
  const wanted = wantedOf(hoveredKey === restedKey ? hoveredKey : null, hovered, near, walked, map);
  const { detail } = useShard(pulse, at, wanted);
  if (near !== null) return activeOfAlone(near, model.period);
  return activeOfDetail(detail);
}

function byPlace(model: StripModel): ReadonlyMap<number, AloneShard> {
  return new Map([...model.alone.values()].map((each) => [each.place, each]));
}

function aloneAt(
  model: StripModel,
  alone: ReadonlyMap<number, AloneShard>,
  hovered: number | null,
  walked: Walked | null,
  topologyId: number,
): AloneShard | null {
  if (hovered !== null) {
    const cell = placeAt(model.cells, hovered);
    return cell === null ? null : (model.alone.get(cell) ?? null);
  }
  if (walked === null) return null;
  if (walked.topologyId === topologyId) return alone.get(walked.place) ?? null;
  for (const each of alone.values()) {
    if (each.shard.shardId === walked.shardId) return each;
  }
  return null;
}

function wantedOf(
  hoveredKey: string | null,
  hovered: number | null,
  near: AloneShard | null,
  walked: Walked | null,
  map: WholeRingMap,
): ShardWanted | null {
  if (near !== null) return null;
  if (hovered !== null) return hoveredKey === null ? null : { by: 'key', hashKey: hoveredKey };
  if (walked === null) return null;
  if (walked.topologyId === map.topologyId) return { by: 'place', place: walked.place };
  return walked.shardId === null ? null : { by: 'id', shardId: walked.shardId };
}
