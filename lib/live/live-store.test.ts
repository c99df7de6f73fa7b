import { describe, expect, test } from 'vitest';
import { streamRowOf } from '#lib/live/testing/stream-row-of.ts';
import type { LiveEvent } from './live-event.ts';
import { applyLiveEvent, findRow, initialLiveState, type LiveState } from './live-store.ts';
import type { FrameHead, TopologyHead } from './stream-detail.ts';
import type { StreamRow } from './stream-row.ts';

const NOW = 1_000_000;
const SERVER_AHEAD_MS = 250;
const TARGET = { connection: 'main', streamName: 'tweets' };

function row(streamId: number, streamName: string, createdAtMs = streamId): StreamRow {
  return streamRowOf({
    streamId,
    connection: 'main',
    streamName,
    createdAtMs,
    collection: { collectedAtMs: NOW, cadenceSeconds: 5, failure: null },
  });
}

const topology = (topologyId: number): TopologyHead => ({
  topologyId,
  observedAtMs: NOW,
  openCount: 1,
  closedCount: 0,
});

const frame = (streamId: number, topologyId: number, periodStartMs = NOW): FrameHead => ({
  streamId,
  topologyId,
  periodStartMs,
  periodSeconds: 5,
  collectedAtMs: periodStartMs + 5_000,
});

/** Without the time, which each event carries. */
type Untimed<T> = T extends unknown ? Omit<T, 'serverTimeMs'> : never;

function fold(state: LiveState, ...events: readonly Untimed<LiveEvent>[]): LiveState {
  return events.reduce<LiveState>(
    (before, event) =>
      applyLiveEvent(before, { ...event, serverTimeMs: NOW + SERVER_AHEAD_MS }, TARGET, NOW),
    state,
  );
}

const start = initialLiveState(
  {
    serverTimeMs: NOW,
    revision: null,
    connections: [],
    rows: [row(1, 'tweets'), row(2, 'orders')],
  },
  NOW,
);
const topologyOf = (streamId: number, topologyId: number) =>
  ({ type: 'topology', streamId, topology: topology(topologyId) }) as const;
const frameOf = (...args: Parameters<typeof frame>) =>
  ({ type: 'frame', frame: frame(...args) }) as const;
const upsert = (...rows: StreamRow[]) =>
  ({ type: 'rows', revision: 'hub/2', connections: [], upsert: rows, removed: [] }) as const;
const whole = (...rows: StreamRow[]) =>
  ({ type: 'snapshot', revision: 'hub/1', connections: [], rows, kept: [] }) as const;

describe('rows', () => {
  test('a changed row replaces its former self; the others keep their identity', () => {
    const changed = { ...row(2, 'orders'), openShardCount: 9 };
    const state = fold(start, upsert(changed));
    expect(state.rows.map((each) => each.streamName)).toEqual(['orders', 'tweets']);
    expect(state.rows[0]).toBe(changed);
    expect(state.rows[1]).toBe(start.rows[0]);
  });

  test('a removed row is gone, and a new one stands in its place of the order', () => {
    const state = fold(start, {
      type: 'rows',
      revision: 'hub/2',
      connections: [],
      upsert: [row(3, 'payments')],
      removed: [2],
    });
    expect(state.rows.map((each) => each.streamName)).toEqual(['payments', 'tweets']);
  });

  test('a snapshot keeps the rows that it names, themselves, and drops those that it does not', () => {
    const changed = { ...row(4, 'apples'), openShardCount: 9 };
    const state = fold(start, { ...whole(changed), kept: [1] });
    expect(state.rows.map((each) => each.streamName)).toEqual(['apples', 'tweets']);
    expect(state.rows[1]).toBe(start.rows[0]);
    expect(state.revision).toBe('hub/1');
  });

  test('a snapshot replaces all and says what it was asked for', () => {
    const state = fold(start, whole(row(7, 'new')));
    expect(state.rows.map((each) => each.streamId)).toEqual([7]);
    expect(state.snapshotFor).toBe(TARGET);
  });

  test('of two streams of a name the younger bears it', () => {
    const state = fold(start, upsert(row(3, 'tweets', 99)));
    expect(findRow(state, TARGET)?.streamId).toBe(3);
    expect(findRow(state, { connection: 'other', streamName: 'tweets' })).toBeNull();
  });
});

describe('the stream that is watched', () => {
  test('a frame is kept where it is of the topology shown', () => {
    const state = fold(start, topologyOf(1, 10), frameOf(1, 10));
    expect(state.watched?.frame?.topologyId).toBe(10);
  });

  test('a frame of another topology, of another stream, or without a topology is dropped', () => {
    expect(fold(start, frameOf(1, 10)).watched).toBeNull();
    expect(fold(start, topologyOf(1, 10), frameOf(1, 11)).watched?.frame).toBeNull();
    expect(fold(start, topologyOf(1, 10), frameOf(2, 10)).watched?.frame).toBeNull();
  });

  test('a new topology drops the frame of the former one', () => {
    const state = fold(start, topologyOf(1, 10), frameOf(1, 10), topologyOf(1, 11));
    expect(state.watched).toMatchObject({ topology: { topologyId: 11 }, frame: null });
  });

  test('the same topology told again keeps the frame', () => {
    const state = fold(start, topologyOf(1, 10), frameOf(1, 10), topologyOf(1, 10));
    expect(state.watched?.frame).not.toBeNull();
  });

  test('an older period does not replace a newer one; the same period read again does', () => {
    const newer = fold(start, topologyOf(1, 10), frameOf(1, 10, NOW + 5_000));
    expect(fold(newer, frameOf(1, 10, NOW)).watched?.frame).toBe(newer.watched?.frame);
    const again = fold(newer, frameOf(1, 10, NOW + 5_000));
    expect(again.watched?.frame).not.toBe(newer.watched?.frame);
  });

  test('when it goes, what was known of it goes', () => {
    const watched = fold(start, topologyOf(1, 10), frameOf(1, 10));
    expect(
      fold(watched, { type: 'rows', revision: 'hub/3', connections: [], upsert: [], removed: [1] })
        .watched,
    ).toBeNull();
    expect(fold(watched, whole(row(3, 'tweets'))).watched).toBeNull();
  });

  test('made again, it starts from nothing', () => {
    const state = fold(start, topologyOf(1, 10), frameOf(1, 10), topologyOf(3, 12));
    expect(state.watched).toEqual({ streamId: 3, topology: topology(12), frame: null });
  });
});

test('replays are not known until they are told, and a whole replaces a whole', () => {
  const run = { runId: 7, state: 'running', targetName: 'tweets', failure: null } as const;
  const told = fold(start, { type: 'replays', replays: [run] });
  expect([start.replays, told.replays]).toEqual([null, [run]]);
  expect(fold(told, whole()).replays).toBe(told.replays);
  expect(fold(told, { type: 'replays', replays: [] }).replays).toEqual([]);
});

describe('the link', () => {
  test('a problem lasts until rows come again; a heartbeat does not end it', () => {
    const broken = fold(start, { type: 'problem', message: 'away' }, { type: 'heartbeat' });
    expect(broken.problem).toBe('away');
    expect(fold(broken, upsert()).problem).toBeNull();
    expect(fold(broken, whole()).problem).toBeNull();
  });

  test('each event sets the clock', () => {
    expect(start.clock.offsetMs).toBe(0);
    const state = fold(start, { type: 'heartbeat' });
    expect(state.clock.offsetMs).toBe(SERVER_AHEAD_MS);
    expect(state.lastEventAtMs).toBe(NOW + SERVER_AHEAD_MS);
  });
});
