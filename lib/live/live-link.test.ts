import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { linkView } from './link-view.ts';
import type { LiveEvent } from './live-event.ts';
import { createLiveLink, type Subscribe } from './live-link.ts';
import type { WatchTarget } from './watch-target.ts';

const TWEETS: WatchTarget = { connection: 'main', streamName: 'tweets' };
const ORDERS: WatchTarget = { connection: 'main', streamName: 'orders' };

/** A server that does what the test says. `open` are the subscriptions that were not closed. */
function scriptedServer() {
  const all: {
    target: WatchTarget | null;
    known: string | null;
    on: Parameters<Subscribe>[2];
    closed: boolean;
  }[] = [];
  const subscribe: Subscribe = (target, known, on) => {
    const subscription = { target, known, on, closed: false };
    all.push(subscription);
    return () => {
      subscription.closed = true;
      // As tRPC does, which completes what is unsubscribed.
      on.broken();
    };
  };
  const last = () => {
    const subscription = all.at(-1);
    if (subscription === undefined) throw new Error('Nobody subscribed.');
    return subscription;
  };
  return {
    subscribe,
    all,
    last,
    open: () => all.filter((subscription) => !subscription.closed),
    say: (event: LiveEvent) => last().on.event(event),
  };
}

const heartbeat = (): LiveEvent => ({ type: 'heartbeat', serverTimeMs: Date.now() });
const snapshot = (): LiveEvent => ({
  type: 'snapshot',
  serverTimeMs: Date.now(),
  revision: 'hub/1',
  connections: [],
  rows: [],
  kept: [],
});

let server: ReturnType<typeof scriptedServer>;
let link: ReturnType<typeof createLiveLink>;
const view = () => linkView(link.getState(), Date.now()).state;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  server = scriptedServer();
  link = createLiveLink({
    initial: { serverTimeMs: 1_000_000, revision: null, connections: [], rows: [] },
    subscribe: server.subscribe,
    now: Date.now,
  });
});

afterEach(() => {
  link.stop();
  expect(server.open()).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('it connects once, and is live from the first event on', () => {
  link.start();
  link.start();
  expect(server.all).toHaveLength(1);
  expect(view()).toBe('connecting');
  server.say(snapshot());
  expect(view()).toBe('live');
});

test('each subscription says which state of the rows is here', () => {
  link.start();
  expect(server.last().known).toBeNull();
  server.say(snapshot());
  server.last().on.broken();
  vi.advanceTimersByTime(1_000);
  expect(server.all).toHaveLength(2);
  expect(server.last().known).toBe('hub/1');
});

test('a hidden tab gives its connection back after 5 s and takes it again when it is seen', () => {
  link.start();
  server.say(snapshot());
  link.setVisible(false);
  vi.advanceTimersByTime(4_999);
  expect(server.open()).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(server.open()).toHaveLength(0);
  vi.advanceTimersByTime(3_600_000);
  expect(server.all).toHaveLength(1);
  link.setVisible(true);
  expect(server.open()).toHaveLength(1);
  server.say(snapshot());
  expect(view()).toBe('live');
});

test('a tab that is hidden for a moment keeps its connection', () => {
  link.start();
  link.setVisible(false);
  vi.advanceTimersByTime(4_000);
  link.setVisible(true);
  vi.advanceTimersByTime(4_000);
  expect(server.all).toHaveLength(1);
});

test('a tab that was opened hidden does not connect', () => {
  link.setVisible(false);
  link.start();
  expect(server.all).toHaveLength(0);
  link.setVisible(true);
  expect(server.open()).toHaveLength(1);
});

test('after a failure it tries again, with growing pauses', () => {
  link.start();
  server.say(snapshot());
  for (const pauseMs of [500, 1_000, 2_000, 4_000, 5_000, 5_000]) {
    server.last().on.broken();
    const before = server.all.length;
    vi.advanceTimersByTime(pauseMs - 1);
    expect(server.all).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(server.all).toHaveLength(before + 1);
  }
  expect(view()).toBe('lost');
  server.say(snapshot());
  expect(view()).toBe('live');
  server.last().on.broken();
  vi.advanceTimersByTime(500);
  expect(server.open()).toHaveLength(1);
});

test('a break is a loss only after 2 s, since the last event', () => {
  link.start();
  server.say(heartbeat());
  const lastEventAtMs = Date.now();
  vi.advanceTimersByTime(1_000);
  server.last().on.broken();
  vi.advanceTimersByTime(1_999);
  expect(view()).toBe('live');
  vi.advanceTimersByTime(1);
  expect(linkView(link.getState(), Date.now())).toMatchObject({
    state: 'lost',
    lostSinceMs: lastEventAtMs,
  });
});

test('silence for 15 s is a failure, though nothing says so', () => {
  link.start();
  server.say(snapshot());
  vi.advanceTimersByTime(10_000);
  server.say(heartbeat());
  vi.advanceTimersByTime(14_999);
  expect(server.all).toHaveLength(1);
  vi.advanceTimersByTime(1 + 500);
  expect(server.all).toHaveLength(2);
  expect(server.open()).toHaveLength(1);
});

test('it moves to the stream that is looked at, once for both halves of a navigation', () => {
  link.start();
  const leave = link.watch(TWEETS);
  vi.advanceTimersByTime(0);
  expect(server.open().map(({ target }) => target)).toEqual([TWEETS]);
  leave();
  link.watch(ORDERS);
  vi.advanceTimersByTime(0);
  expect(server.open().map(({ target }) => target)).toEqual([ORDERS]);
  vi.advanceTimersByTime(5_000);
  expect(server.all).toHaveLength(3);
});

test('to look at the same stream again changes nothing', () => {
  link.start();
  const leave = link.watch(TWEETS);
  vi.advanceTimersByTime(0);
  leave();
  link.watch({ ...TWEETS });
  vi.advanceTimersByTime(0);
  expect(server.all).toHaveLength(2);
});

test('a subscription that was closed is not heard any more', () => {
  link.start();
  const first = server.last();
  link.watch(TWEETS);
  vi.advanceTimersByTime(0);
  first.on.event(snapshot());
  first.on.broken();
  expect(link.getState().live.lastEventAtMs).toBeNull();
  expect(server.open()).toHaveLength(1);
});

test('events that come together are one change', () => {
  const heard = vi.fn();
  link.onChange(heard);
  link.start();
  server.say(snapshot());
  server.say(heartbeat());
  expect(heard).not.toHaveBeenCalled();
  vi.advanceTimersByTime(20);
  expect(heard).toHaveBeenCalledTimes(1);
});
