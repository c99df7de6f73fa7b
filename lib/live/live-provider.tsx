'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { useTRPCClient } from '#lib/trpc/trpc-context.ts';
import { takeIdleTurn } from './idle-turns.ts';
import { type LinkView, linkView } from './link-view.ts';
import { createLiveLink, type LiveLink, type LiveLinkState } from './live-link.ts';
import { createLivePause, type LivePause } from './live-pause.ts';
import { findRow, type LiveState } from './live-store.ts';
import type { ReplayHead } from './replay-head.ts';
import type { FrameHead, StreamDetail, TopologyHead } from './stream-detail.ts';
import type { ConnectionState, StreamRow } from './stream-row.ts';
import type { StreamsSnapshot } from './streams-snapshot.ts';
import { subscribeToServer } from './subscribe-to-server.ts';
import { createTicker, type Ticker } from './ticker.ts';
import { sameTarget } from './watch-target.ts';

type Live = {
  readonly link: LiveLink;
  readonly pause: LivePause;
  /** What the server rendered with: the first render in the browser must be equal to it. */
  readonly first: LiveLinkState;
  readonly firstServerMs: number;
  readonly serverNow: () => number;
  readonly tickerOf: (everyMs: number) => Ticker;
};

const LiveContext = createContext<Live | null>(null);

/**
 * Holds the one live subscription of this tab and what it told. Mounted once, in the layout of the app,
 * inside the provider of tRPC.
 */
export function LiveProvider(props: { initial: StreamsSnapshot; children: ReactNode }): ReactNode {
  const client = useTRPCClient();
  /** The page that the server drew has come to life: what is drawn from now on is of the present. */
  const alive = useRef(false);
  const [live] = useState<Live>(() => {
    const link = createLiveLink({
      initial: props.initial,
      subscribe: (...args) => subscribeToServer(client, ...args),
      now: Date.now,
    });
    const tickers = new Map<number, Ticker>();
    const serverNow = () => Date.now() + link.getState().live.clock.offsetMs;
    const firstServerMs = props.initial.serverTimeMs;
    const tickerOf = (everyMs: number) => {
      const ticker =
        tickers.get(everyMs) ??
        createTicker(everyMs, serverNow, alive.current ? undefined : firstServerMs);
      tickers.set(everyMs, ticker);
      return ticker;
    };
    return {
      link,
      pause: createLivePause(),
      first: link.getState(),
      firstServerMs,
      serverNow,
      tickerOf,
    };
  });

  useEffect(() => {
    const { link } = live;
    const see = () => link.setVisible(document.visibilityState === 'visible');
    see();
    // The page was drawn with what is newest: it is to answer first, and hears what is newer then.
    const turn = takeIdleTurn(() => {
      alive.current = true;
      link.start();
    });
    turn.hurry();
    document.addEventListener('visibilitychange', see);
    return () => {
      turn.giveUp();
      document.removeEventListener('visibilitychange', see);
      link.stop();
    };
  }, [live]);

  return <LiveContext value={live}>{props.children}</LiveContext>;
}

type StreamRows = {
  readonly rows: readonly StreamRow[];
  readonly connections: readonly ConnectionState[];
};

/** All streams and connections, as the page shows them. A row that did not change keeps its identity. */
export function useStreamRows(): StreamRows {
  const rows = useLiveState(selectRows);
  const connections = useLiveState(selectConnections);
  return useMemo(() => ({ rows, connections }), [rows, connections]);
}

/** All streams and connections as they are now, also while the page is paused. */
export function useRowsOfNow(): StreamRows {
  const { link, first } = useLive();
  const state = useSyncExternalStore(link.onChange, link.getState, () => first);
  const { rows, connections } = state.live;
  return useMemo(() => ({ rows, connections }), [rows, connections]);
}

/** Replays that are under way or ended last, as they are now, also while the page is paused; null until they are known. */
export function useReplayHeads(): readonly ReplayHead[] | null {
  const { link, first } = useLive();
  return useSyncExternalStore(
    link.onChange,
    () => link.getState().live.replays,
    () => first.live.replays,
  );
}

export type WatchedView = {
  /** The stream that bears the name now; the last known row where `gone`. */
  readonly row: StreamRow;
  readonly topology: TopologyHead | null;
  /** The newest settled period; always one of `topology`. */
  readonly frame: FrameHead | null;
  /** No stream bears the name any more: `row` and figures are the last known ones. */
  readonly gone: boolean;
  /** Set where the stream was made again after the page was rendered: the id of the new one, which is shown. */
  readonly replacedBy: number | null;
};

/**
 * The stream of this name, live, and collected at the fast cadence while the caller is mounted. Only the
 * newest period is kept: a caller who appends to a history reads the history again where
 * `frame.periodStartMs` is not the successor of the last period it has.
 */
export function useWatchedStream(
  connection: string,
  streamName: string,
  initial: StreamDetail,
): WatchedView {
  const { link } = useLive();
  const target = useMemo(() => ({ connection, streamName }), [connection, streamName]);
  useEffect(() => link.watch(target), [link, target]);

  const now = useLiveState(useCallback((state: LiveState) => findRow(state, target), [target]));
  const watched = useLiveState(selectWatched);
  const gone = useLiveState(
    useCallback(
      (state: LiveState) =>
        state.snapshotFor !== undefined &&
        sameTarget(state.snapshotFor, target) &&
        findRow(state, target) === null,
      [target],
    ),
  );
  const [last, setLast] = useState<StreamRow>(initial.row);
  if (now !== null && now !== last) setLast(now);
  const row = now ?? last;
  // A stream that is gone is no longer watched: what was last heard of it stands, not what the page began with.
  const [heard, setHeard] = useState(watched);
  if (watched !== null && watched !== heard) setHeard(watched);

  return useMemo(() => {
    const source =
      heard?.streamId === row.streamId
        ? heard
        : initial.row.streamId === row.streamId
          ? initial
          : null;
    const topology = source?.topology ?? null;
    const frame = source?.frame ?? null;
    return {
      row,
      topology,
      frame: frame !== null && frame.topologyId === topology?.topologyId ? frame : null,
      gone,
      replacedBy: row.streamId === initial.row.streamId ? null : row.streamId,
    };
  }, [row, heard, initial, gone]);
}

/** How the connection between this tab and the server is, judged once a second. */
export function useLink(): LinkView {
  const { link, first } = useLive();
  const nowMs = useServerNow();
  const state = useSyncExternalStore(link.onChange, link.getState, () => first);
  const view = linkView(state, nowMs);
  return useMemo(
    () => ({ state: view.state, problem: view.problem, lostSinceMs: view.lostSinceMs }),
    [view.state, view.problem, view.lostSinceMs],
  );
}

/**
 * The time on the database's clock, epoch milliseconds. Goes on by itself, so that ages grow and figures
 * go stale though no event comes.
 */
export function useServerNow(everyMs = 1_000): number {
  const { tickerOf, firstServerMs } = useLive();
  const ticker = tickerOf(everyMs);
  return useSyncExternalStore(
    ticker.onTick,
    ticker.now,
    useCallback(() => firstServerMs, [firstServerMs]),
  );
}

/** Tells the time on the database's clock when it is asked; to be asked in handlers, not in a render. */
export function useServerClock(): () => number {
  return useLive().serverNow;
}

/**
 * The time by which figures are judged to be fresh or stale: as `useServerNow`, but that it stands still with the
 * figures while the page is paused, as what was fresh then is not made stale by looking at it for longer.
 */
export function useFigureNow(): number {
  const nowMs = useServerNow();
  return usePause().pausedAtMs ?? nowMs;
}

export type PauseView = {
  /** When figures began to stand still, on the database's clock; null while they move. */
  readonly pausedAtMs: number | null;
  readonly pause: () => void;
  readonly resume: () => void;
};

/** Stops the figures of the whole tab, and lets them catch up. */
export function usePause(): PauseView {
  const { link, pause, serverNow } = useLive();
  const held = useSyncExternalStore(pause.onChange, pause.get, () => null);
  const pausedAtMs = held?.pausedAtMs ?? null;
  return useMemo(
    () => ({
      pausedAtMs,
      pause: () => pause.hold({ state: link.getState().live, pausedAtMs: serverNow() }),
      resume: pause.release,
    }),
    [pausedAtMs, pause, link, serverNow],
  );
}

function useLive(): Live {
  const live = useContext(LiveContext);
  if (live === null) throw new Error('Live hooks are used inside LiveProvider.');
  return live;
}

/** Renders again only where what `select` picks is another value: it must pick, not make. */
function useLiveState<T>(select: (state: LiveState) => T): T {
  const { link, pause, first } = useLive();
  const onChange = useCallback(
    (listener: () => void) => {
      const stops = [link.onChange(listener), pause.onChange(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    [link, pause],
  );
  return useSyncExternalStore(
    onChange,
    () => select(pause.get()?.state ?? link.getState().live),
    () => select(first.live),
  );
}

const selectRows = (state: LiveState) => state.rows;
const selectConnections = (state: LiveState) => state.connections;
const selectWatched = (state: LiveState) => state.watched;
