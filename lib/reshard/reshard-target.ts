import { streamHref } from '#lib/streams/stream-href.ts';
import type { DraftKind } from './goal-draft.ts';

/** A plan that a link opens, as it stands in the address of a stream's page. What is left out is as a new draft has it. */
export type ReshardTarget = {
  readonly goal: DraftKind;
  /** The shard that is chosen on the strip. */
  readonly shard?: string;
  /** Of a merge: with which neighbour of that shard. */
  readonly side?: 'left' | 'right';
  readonly cut?: 'load-median' | 'middle';
  readonly count?: number;
};

/**
 * @example reshardHref('embedded', 'tweets', { goal: 'scale-to-count', count: 7 })
 * // '/streams/embedded/tweets?tab=reshard&goal=scale-to-count&count=7'
 */
export function reshardHref(
  connection: string,
  streamName: string,
  target: ReshardTarget,
): `/streams/${string}` {
  const parameters = new URLSearchParams({ tab: 'reshard' });
  for (const [name, value] of Object.entries(target)) parameters.set(name, String(value));
  return `${streamHref(connection, streamName)}?${parameters.toString()}`;
}
