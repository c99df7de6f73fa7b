import type { LiveEvent } from './live-event.ts';
import { applyLiveEvent, initialLiveState, type LiveState } from './live-store.ts';
import type { StreamsSnapshot } from './streams-snapshot.ts';
import { sameTarget, type WatchTarget } from './watch-target.ts';

/** A tab that nobody sees gives its connection back: HTTP/1.1 allows a browser six of them. */
const HIDDEN_GRACE_MS = 5_000;
/** The server says something at least each 5 s: silence for three times that is a lost connection. */
const SILENCE_MS = 15_000;
const RETRY_MIN_MS = 500;
const RETRY_MAX_MS = 5_000;
/** Events that come together (rows, topology, frame) are shown together, so that figures agree. */
const GATHER_MS = 20;

/** `connecting` from a request until its first event; `broken` from a failure until that; `paused` while hidden. */
type LinkPhase = 'connecting' | 'open' | 'broken' | 'paused';

export type LiveLinkState = {
  readonly live: LiveState;
  readonly phase: LinkPhase;
  /** When the link broke or fell silent, on the browser's clock; null while it has not. */
  readonly brokenAtMs: number | null;
};

/**
 * Opens a subscription; calls back later, never before it returns.
 * @param known which state of the rows is here already
 * @returns what closes it
 */
export type Subscribe = (
  target: WatchTarget | null,
  known: string | null,
  on: { readonly event: (event: LiveEvent) => void; readonly broken: () => void },
) => () => void;

/**
 * Holds the one subscription of a tab: closes it 5 s after the tab is hidden, opens it again when it is
 * seen, tries again after a failure or a silence with growing pauses, and moves it to the stream that is
 * looked at. Knows no framework and no transport.
 */
export type LiveLink = {
  readonly getState: () => LiveLinkState;
  /** `listener` is called after changes; several events that come together are one change. */
  readonly onChange: (listener: () => void) => () => void;
  readonly setVisible: (visible: boolean) => void;
  /** @returns what ends the watching, unless another stream is watched by then. */
  readonly watch: (target: WatchTarget) => () => void;
  readonly start: () => void;
  readonly stop: () => void;
};

type Timer = ReturnType<typeof setTimeout>;
type Ticket = { readonly target: WatchTarget | null; close: () => void };

export function createLiveLink(options: {
  readonly initial: StreamsSnapshot;
  readonly subscribe: Subscribe;
  /** The browser's wall clock: it goes on while the machine sleeps. */
  readonly now: () => number;
}): LiveLink {
  const { subscribe, now } = options;
  const listeners = new Set<() => void>();
  let state: LiveLinkState = {
    live: initialLiveState(options.initial, now()),
    phase: 'connecting',
    brokenAtMs: null,
  };
  let wanted: WatchTarget | null = null;
  let opened: Ticket | null = null;
  let running = false;
  let visible = true;
  let failures = 0;
  const timers: Partial<Record<'retry' | 'silence' | 'hidden' | 'gather' | 'move', Timer>> = {};

  function after(name: keyof typeof timers, ms: number, run: () => void): void {
    clearTimeout(timers[name]);
    timers[name] = setTimeout(() => {
      delete timers[name];
      run();
    }, ms);
  }

  function cancel(name: keyof typeof timers): void {
    clearTimeout(timers[name]);
    delete timers[name];
  }

  function set(next: Partial<LiveLinkState>): void {
    state = { ...state, ...next };
    if (timers.gather === undefined) {
      after('gather', GATHER_MS, () => {
        for (const listener of listeners) listener();
      });
    }
  }

  function close(): void {
    cancel('retry');
    cancel('silence');
    // First deaf, then closed: a transport may say that it ended while it is being closed.
    const closing = opened;
    opened = null;
    closing?.close();
  }

  function open(): void {
    close();
    const ticket: Ticket = { target: wanted, close: () => {} };
    opened = ticket;
    if (state.phase === 'paused') set({ phase: 'connecting' });
    after('silence', SILENCE_MS, fail);
    // A subscription that was closed must not speak for the present one: its ticket is no longer the open one.
    ticket.close = subscribe(ticket.target, state.live.revision, {
      event: (event) => {
        if (opened !== ticket) return;
        failures = 0;
        after('silence', SILENCE_MS, fail);
        set({
          live: applyLiveEvent(state.live, event, ticket.target, now()),
          phase: 'open',
          brokenAtMs: null,
        });
      },
      broken: () => {
        if (opened === ticket) fail();
      },
    });
  }

  function fail(): void {
    close();
    set({ phase: 'broken', brokenAtMs: state.brokenAtMs ?? now() });
    after('retry', Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** failures), open);
    failures += 1;
  }

  function move(): void {
    if (running && opened !== null && !sameTarget(opened.target, wanted)) open();
  }

  return {
    getState: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    setVisible(next) {
      visible = next;
      if (!running) return;
      if (visible) {
        cancel('hidden');
        if (state.phase === 'paused') open();
      } else {
        after('hidden', HIDDEN_GRACE_MS, () => {
          close();
          set({ phase: 'paused', brokenAtMs: null });
        });
      }
    },
    watch(target) {
      wanted = target;
      // Leaving one page and entering the next come as two calls: one move is enough.
      after('move', 0, move);
      return () => {
        if (wanted !== target) return;
        wanted = null;
        after('move', 0, move);
      };
    },
    start() {
      if (running) return;
      running = true;
      if (visible) open();
      else set({ phase: 'paused' });
    },
    stop() {
      running = false;
      close();
      for (const name of Object.keys(timers) as (keyof typeof timers)[]) cancel(name);
    },
  };
}
