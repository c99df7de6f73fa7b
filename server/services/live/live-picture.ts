import { rowHealth } from '#lib/live/row-health.ts';
import { byName } from '#lib/live/row-order.ts';
import type { FrameHead, TopologyHead } from '#lib/live/stream-detail.ts';
import type { ConnectionState, StreamRow } from '#lib/live/stream-row.ts';
import { sameTarget, type WatchTarget } from '#lib/live/watch-target.ts';
import { type CurrentView, frameHead } from '#server/services/streams/current-view.ts';

/**
 * What all subscribers are shown, as last read from the database. Subscribers do not queue what changed but
 * remember which streams did, and read them here when they are ready: who is slow misses steps, not the end.
 */
export type LivePicture = {
  connections: readonly ConnectionState[];
  readonly views: Map<number, CurrentView>;
};

export function emptyPicture(): LivePicture {
  return { connections: [], views: new Map() };
}

/** The rows in their order, their health judged at `nowMs` (the database's clock). */
export function pictureRows(picture: LivePicture, nowMs: number): readonly StreamRow[] {
  return [...picture.views.values()]
    .map(({ row }) => ({ ...row, health: rowHealth(row, nowMs) }))
    .sort(byName);
}

/** The stream that bears the name now: the youngest, where two are listed for a moment. */
export function viewOf(picture: LivePicture, target: WatchTarget): CurrentView | null {
  let found: CurrentView | null = null;
  for (const view of picture.views.values()) {
    if (
      sameTarget(view.row, target) &&
      (found === null || view.row.createdAtMs > found.row.createdAtMs)
    ) {
      found = view;
    }
  }
  return found;
}

/** What a subscriber has been sent of the stream that it looks at. */
export type SentView = {
  readonly streamId: number;
  readonly topology: TopologyHead;
  readonly frame: FrameHead | null;
};

/** What is new in `view` to somebody who has `sent`. Pictures are replaced, never changed: identity tells. */
export function newsOf(
  view: CurrentView | null,
  sent: SentView | null,
): {
  readonly topology: TopologyHead | null;
  readonly frame: FrameHead | null;
  sent: SentView | null;
} {
  if (view === null || view.topology === null) {
    return { topology: null, frame: null, sent: null };
  }
  const { streamId } = view.row;
  const known = sent?.streamId === streamId ? sent : null;
  const topologyIsNew = known?.topology.topologyId !== view.topology.topologyId;
  const frame = view.frame === null ? null : frameHead(streamId, view.frame);
  const frameIsNew =
    topologyIsNew ||
    known?.frame?.periodStartMs !== frame?.periodStartMs ||
    known?.frame?.collectedAtMs !== frame?.collectedAtMs;
  return {
    topology: topologyIsNew ? view.topology : null,
    frame: frameIsNew ? frame : null,
    sent: { streamId, topology: view.topology, frame },
  };
}
