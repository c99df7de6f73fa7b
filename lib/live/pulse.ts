import type { FigurePeriod, PeriodAt } from './figure-period.ts';

/**
 * What a page knows to be the newest of a stream, by the live subscription. Who shows shards reads them again
 * when this changes.
 */
export type Pulse = {
  readonly streamId: number;
  /** null until shards have been listed. */
  readonly topologyId: number | null;
  /** null where no period of the topology has been read. */
  readonly periodStartMs: number | null;
  readonly collectedAtMs: number | null;
};

export function pulseOf(
  streamId: number,
  topology: { readonly topologyId: number } | null,
  frame: FigurePeriod | null,
): Pulse {
  return {
    streamId,
    topologyId: topology?.topologyId ?? null,
    periodStartMs: frame?.periodStartMs ?? null,
    collectedAtMs: frame?.collectedAtMs ?? null,
  };
}

export function periodAt({ periodStartMs, periodSeconds }: PeriodAt): PeriodAt {
  return { periodStartMs, periodSeconds };
}

/** Which figures are asked for: those of a past period, or the newest that have been heard of. */
export function viewInput(pulse: Pulse, at: PeriodAt | null) {
  return { streamId: pulse.streamId, at, heardMs: at === null ? pulse.periodStartMs : null };
}

/** Two that are equal have the same answer. */
export function viewKey(pulse: Pulse, at: PeriodAt | null): string {
  const { streamId, topologyId, periodStartMs, collectedAtMs } = pulse;
  return at === null
    ? `${streamId}/${topologyId}/${periodStartMs}/${collectedAtMs}`
    : `${streamId}/at/${at.periodStartMs}/${at.periodSeconds}`;
}
