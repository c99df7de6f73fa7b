import type { ReplaySettings } from '#lib/domain/replay/settings.ts';

/** Whether records of this format carry when they arrived: only envelopes that say where do. */
export function hasTimes({ transform }: Pick<ReplaySettings, 'transform'>): boolean {
  return transform.format.kind === 'envelope' && transform.format.map.arrival !== null;
}
