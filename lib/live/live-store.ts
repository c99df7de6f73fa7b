import type { LiveEvent } from './live-event.ts';
import type { ReplayHead } from './replay-head.ts';
import { byName } from './row-order.ts';
import { firstServerClock, hearServerTime, type ServerClock } from './server-clock.ts';
import type { FrameHead, TopologyHead } from './stream-detail.ts';
import type { ConnectionState, StreamRow } from './stream-row.ts';
import type { StreamsSnapshot } from './streams-snapshot.ts';
import { sameTarget, type WatchTarget } from './watch-target.ts';

/** The shards and newest figures of the stream that is looked at. `frame` is always one of `topology`. */
type WatchedStream = {
  readonly streamId: number;
  readonly topology: TopologyHead;
  readonly frame: FrameHead | null;
};

export type LiveState = {
  readonly connections: readonly ConnectionState[];
  /** Ordered by connection, then by stream name; a row that did not change keeps its identity. */
  readonly rows: readonly StreamRow[];
  /** Which state the rows are of, as the server calls it; null where it does not know it. */
  readonly revision: string | null;
  readonly watched: WatchedStream | null;
  /** Replays that are under way or ended last; null until they were told. */
  readonly replays: readonly ReplayHead[] | null;
  /** Why the server cannot read its own store; null while it can. */
  readonly problem: string | null;
  readonly clock: ServerClock;
  /** Database time of the newest event; null before the first. */
  readonly lastEventAtMs: number | null;
  /** What the newest snapshot was asked for; undefined before the first. */
  readonly snapshotFor: WatchTarget | null | undefined;
};

/** @param nowMs the browser's clock */
export function initialLiveState(snapshot: StreamsSnapshot, nowMs: number): LiveState {
  return {
    connections: snapshot.connections,
    rows: snapshot.rows,
    revision: snapshot.revision,
    watched: null,
    replays: null,
    problem: null,
    clock: firstServerClock(snapshot.serverTimeMs, nowMs),
    lastEventAtMs: null,
    snapshotFor: undefined,
  };
}

/**
 * The state after `event`, which came over a subscription for `target`. What does not fit together is
 * dropped, never drawn: a frame of another stream or of another topology than the one shown.
 *
 * @param nowMs the browser's clock when the event came
 */
export function applyLiveEvent(
  before: LiveState,
  event: LiveEvent,
  target: WatchTarget | null,
  nowMs: number,
): LiveState {
  const state: LiveState = {
    ...before,
    clock: hearServerTime(before.clock, event.serverTimeMs, nowMs),
    lastEventAtMs: event.serverTimeMs,
  };
  switch (event.type) {
    case 'snapshot': {
      const rows = rowsOfSnapshot(state.rows, event.rows, event.kept);
      return {
        ...state,
        connections: event.connections,
        rows,
        revision: event.revision,
        watched: watchedAmong(state.watched, rows),
        problem: null,
        snapshotFor: target,
      };
    }
    case 'rows': {
      const rows = mergeRows(state.rows, event.upsert, event.removed);
      return {
        ...state,
        connections: event.connections,
        rows,
        revision: event.revision,
        watched: watchedAmong(state.watched, rows),
        problem: null,
      };
    }
    case 'topology':
      return { ...state, watched: withTopology(state.watched, event.streamId, event.topology) };
    case 'frame':
      return { ...state, watched: withFrame(state.watched, event.frame) };
    case 'replays':
      return { ...state, replays: event.replays };
    case 'problem':
      return { ...state, problem: event.message };
    case 'heartbeat':
      return state;
  }
}

/** The row of the stream that bears this name now; null where there is none. */
export function findRow(state: LiveState, target: WatchTarget): StreamRow | null {
  // Two incarnations may be listed for a moment: the younger one bears the name.
  let found: StreamRow | null = null;
  for (const row of state.rows) {
    if (sameTarget(row, target) && (found === null || row.createdAtMs > found.createdAtMs)) {
      found = row;
    }
  }
  return found;
}

function rowsOfSnapshot(
  before: readonly StreamRow[],
  changed: readonly StreamRow[],
  kept: readonly number[],
): readonly StreamRow[] {
  if (kept.length === 0) return changed;
  if (changed.length === 0 && kept.length === before.length) return before;
  const stays = new Set(kept);
  return [...before.filter(({ streamId }) => stays.has(streamId)), ...changed].sort(byName);
}

function mergeRows(
  rows: readonly StreamRow[],
  upsert: readonly StreamRow[],
  removed: readonly number[],
): readonly StreamRow[] {
  const byId = new Map(rows.map((row) => [row.streamId, row]));
  for (const id of removed) byId.delete(id);
  for (const row of upsert) byId.set(row.streamId, row);
  return [...byId.values()].sort(byName);
}

function watchedAmong(
  watched: WatchedStream | null,
  rows: readonly StreamRow[],
): WatchedStream | null {
  return watched !== null && rows.some((row) => row.streamId === watched.streamId) ? watched : null;
}

function withTopology(
  watched: WatchedStream | null,
  streamId: number,
  topology: TopologyHead,
): WatchedStream {
  const frame = watched?.streamId === streamId ? watched.frame : null;
  return {
    streamId,
    topology,
    frame: frame?.topologyId === topology.topologyId ? frame : null,
  };
}

function withFrame(watched: WatchedStream | null, frame: FrameHead): WatchedStream | null {
  if (
    watched === null ||
    watched.streamId !== frame.streamId ||
    watched.topology.topologyId !== frame.topologyId ||
    (watched.frame !== null && frame.periodStartMs < watched.frame.periodStartMs)
  ) {
    return watched;
  }
  return { ...watched, frame };
}
