import type { Frame } from '#lib/domain/frame.ts';
import type { StreamHistory, TopologyView } from '#lib/live/stream-detail.ts';
import { appendFrame, continues } from './history-window.ts';

/** A history that was read, and what live frames made of it since. */
export type HeldHistory = {
  /** As the server gave it last; null before its first answer. */
  readonly read: StreamHistory | null;
  readonly frame: Frame | null;
  /** Of the last frame that was drawn; between a reshard and the first frame after it there is none. */
  readonly topologyId: number | null;
  readonly history: StreamHistory | null;
  /**
   * Start of the last frame before which periods were missed, or other shards may be the hottest. A new
   * value asks for the history anew, and once: what nobody collected stays a gap.
   */
  readonly gapAtMs: number | null;
};

export const NOTHING_HELD: HeldHistory = {
  read: null,
  frame: null,
  topologyId: null,
  history: null,
  gapAtMs: null,
};

/** @returns `held` itself where neither the read history nor the frame is another one */
export function holdHistory(
  held: HeldHistory,
  read: StreamHistory | null,
  frame: Frame | null,
  topology: TopologyView | null,
  windowMs: number,
): HeldHistory {
  if (held.read === read && held.frame === frame) return held;
  const base = held.read === read ? held.history : read;
  if (base === null || frame === null || frame.topologyId !== topology?.topologyId) {
    return { ...held, read, frame, history: base };
  }
  const resharded = held.topologyId !== null && held.topologyId !== frame.topologyId;
  // Read before shard-level metrics were switched on: it names no shard, and would show none until it is read again.
  const unranked = base.hottest.length === 0 && frame.shards.some((value) => value > 0);
  const openShardIds = topology.open.map((shard) => shard.shardId);
  return {
    read,
    frame,
    topologyId: frame.topologyId,
    history: appendFrame(base, frame, openShardIds, windowMs),
    gapAtMs: continues(base, frame) && !resharded && !unranked ? held.gapAtMs : frame.periodStartMs,
  };
}
