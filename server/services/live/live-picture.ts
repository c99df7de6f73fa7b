import type { ReplayHead } from '#lib/live/replay-head.ts';
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
  /** Of this web process, until it ends: what one knows by its revision says nothing to another. */
  readonly id: string;
  /** Counts readings. */
  revision: number;
  connections: readonly ConnectionState[];
  readonly views: Map<number, CurrentView>;
  /** In which revision the view of a stream was read, by stream. */
  readonly readIn: Map<number, number>;
  /** null until they were read. Another array only where something of it changed: identity tells. */
  replays: readonly ReplayHead[] | null;
};

export function emptyPicture(id: string): LivePicture {
  return { id, revision: 0, connections: [], views: new Map(), readIn: new Map(), replays: null };
}

/** Takes in what was read: of the streams in `ids`, or of all. */
export function takeViews(
  picture: LivePicture,
  views: readonly CurrentView[],
  ids: readonly number[] | 'all',
): void {
  picture.revision += 1;
  for (const id of ids === 'all' ? [...picture.views.keys()] : ids) {
    picture.views.delete(id);
    picture.readIn.delete(id);
  }
  for (const view of views) {
    picture.views.set(view.row.streamId, view);
    picture.readIn.set(view.row.streamId, picture.revision);
  }
}

export function revisionOf({ id, revision }: LivePicture): string {
  return `${id}/${revision}`;
}

/** Streams that have not been read anew since the state that `known` names. */
export function unchangedSince(picture: LivePicture, known: string | null): readonly number[] {
  const [id, text] = known?.split('/') ?? [];
  const revision = Number(text);
  if (id !== picture.id || !(revision <= picture.revision)) return [];
  return [...picture.readIn].flatMap(([streamId, readIn]) => (readIn <= revision ? streamId : []));
}

/**
 * The rows in their order, their health judged at `nowMs` (the database's clock).
 * @param without streams to leave out
 */
export function pictureRows(
  picture: LivePicture,
  nowMs: number,
  without: ReadonlySet<number> = new Set(),
): readonly StreamRow[] {
  return [...picture.views.values()]
    .filter(({ row }) => !without.has(row.streamId))
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
