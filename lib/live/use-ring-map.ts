'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RingWindow } from '#lib/domain/ring-map.ts';
import { ALONE } from '#lib/trpc/make-client.ts';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import type { PeriodAt } from './figure-period.ts';
import { type Pulse, viewInput, viewKey } from './pulse.ts';
import type { RingGeometry, RingMap } from './ring-map.ts';

/** A map with its geometry, whenever that was sent. */
export type WholeRingMap = RingMap & { readonly geometry: RingGeometry };

/** Older answers are of no use to anybody. */
const KEPT_MS = 10_000;

/**
 * The map of a stream within a window, read again with each pulse. While another one is read, the last one
 * stands: it says itself of which window, topology and period it is.
 *
 * @param initial what the page was rendered with
 */
export function useRingMap(args: {
  readonly pulse: Pulse;
  readonly at: PeriodAt | null;
  readonly window: RingWindow;
  readonly initial: RingMap | null;
}): { readonly map: WholeRingMap | null; readonly failure: string | null } {
  const { pulse, at, window, initial } = args;
  const client = useTRPCClient();
  const queries = useQueryClient();
  const first = initial !== null && isWhole(initial) ? initial : null;
  const geometryKey = (streamId: number) => ['ring-geometry', streamId, windowKey(window)];

  const query = useQuery({
    queryKey: ringQueryKey(pulse, at, window),
    queryFn: async ({ signal }): Promise<WholeRingMap> => {
      const known =
        queries.getQueryData<WholeRingMap>(geometryKey(pulse.streamId)) ??
        (first !== null && isOf(first, pulse.streamId, window) ? first : undefined);
      const input = {
        ...viewInput(pulse, at),
        window,
        knownTopologyId: known?.topologyId ?? null,
      };
      const map = await client.streams.ring.query(input, { ...ALONE, signal });
      const whole = joinGeometry(map, known);
      queries.setQueryData(geometryKey(pulse.streamId), whole);
      return whole;
    },
    enabled: pulse.topologyId !== null && !(first !== null && answers(first, pulse, at, window)),
    placeholderData: (previous) =>
      previous?.streamId === pulse.streamId
        ? previous
        : first?.streamId === pulse.streamId
          ? first
          : undefined,
    gcTime: KEPT_MS,
    structuralSharing: false,
  });
  return { map: query.data ?? null, failure: query.error?.message ?? null };
}

/** What the map of a period and a window is kept under: who has it already may put it there. */
export function ringQueryKey(
  pulse: Pulse,
  at: PeriodAt | null,
  window: RingWindow,
): readonly string[] {
  return ['ring', viewKey(pulse, at), windowKey(window)];
}

export function windowKey({ from, to }: RingWindow): string {
  return `${from}-${to}`;
}

function isWhole(map: RingMap): map is WholeRingMap {
  return map.geometry !== null;
}

function isOf(map: RingMap, streamId: number, window: RingWindow): boolean {
  return (
    map.streamId === streamId && map.window.from === window.from && map.window.to === window.to
  );
}

/** Is `map` what a query for these would answer? */
function answers(map: RingMap, pulse: Pulse, at: PeriodAt | null, window: RingWindow): boolean {
  return (
    at === null &&
    isOf(map, pulse.streamId, window) &&
    map.topologyId === pulse.topologyId &&
    (map.period?.periodStartMs ?? null) === pulse.periodStartMs &&
    (map.period?.collectedAtMs ?? null) === pulse.collectedAtMs
  );
}

/** @throws Error where neither has the geometry: a defect of the server */
export function joinGeometry(map: RingMap, known: WholeRingMap | undefined): WholeRingMap {
  if (isWhole(map)) return map;
  if (known === undefined || known.topologyId !== map.topologyId) {
    throw new Error('The server left out a geometry that this page does not have.');
  }
  return { ...map, geometry: known.geometry };
}
