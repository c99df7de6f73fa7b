import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { LiveEvent } from '#lib/live/live-event.ts';
import type { StreamsSnapshot } from '#lib/live/streams-snapshot.ts';
import type { WatchTarget } from '#lib/live/watch-target.ts';
import type { Database } from '#server/db/client.ts';
import { type Listener, listen } from '#server/db/listen.ts';
import type { Notification } from '#server/db/notification.ts';
import { readConnectionStates } from '#server/db/read/connection-states.ts';
import { readCurrentStreams, readCurrentStreamsById } from '#server/db/read/current-streams.ts';
import { readReplayHeads } from '#server/db/read/replay-heads.ts';
import { readServerTimeMs } from '#server/db/read/server-time.ts';
import type { Logger } from '#server/log.ts';
import { connectionStateOf } from '#server/services/streams/connection-state.ts';
import { type CurrentView, currentViews } from '#server/services/streams/current-view.ts';
import type { TopologyCache } from '#server/services/streams/topology-cache.ts';
import { watchStreams } from '#server/services/streams/watch-streams.ts';
import { createHubClock } from './hub-clock.ts';
import { emptyPicture, pictureRows, revisionOf, takeViews, viewOf } from './live-picture.ts';
import { createSubscriber, type Subscriber } from './subscriber.ts';

export type LiveHubTiming = {
  /** At least so long between two readings: no subscriber is told more often. */
  readonly gatherMs: number;
  readonly heartbeatMs: number;
  readonly retryMsMin: number;
  readonly retryMsMax: number;
};

const TIMING: LiveHubTiming = {
  gatherMs: 500,
  heartbeatMs: 5_000,
  retryMsMin: 250,
  retryMsMax: 4_000,
};

/** A database that is slow to tell the time must not hold up a heartbeat. */
const ASK_TIME_MS_MAX = 500;

const PROBLEM =
  'Kinetoscope cannot read its own database. What is shown is as old as it says, and nothing newer can come. It is tried again all the time; where it does not heal, look whether PostgreSQL runs.';

/**
 * One a process: hears what the worker wrote, reads it once from the database, and tells all subscribers.
 * Everything passes through one loop that reads and then publishes, and subscribers join between two rounds
 * of it, so none can see an older state after a newer one.
 */
export type LiveHub = {
  /** Events for one tab until `signal` aborts: a snapshot first, then what changes. */
  readonly subscribe: (
    target: WatchTarget | null,
    signal: AbortSignal,
    /** Which state of the rows the tab has: it is told only what has changed since. */
    known?: string | null,
  ) => AsyncIterable<LiveEvent>;
  /** What subscribers are shown of a stream; null where that is nothing, or not known to be of now. */
  readonly current: (streamId: number) => CurrentView | null;
  /** The same of the stream that bears a name, and of all streams with their connections. */
  readonly currentByName: (target: WatchTarget) => CurrentView | null;
  readonly currentRows: () => Omit<StreamsSnapshot, 'serverTimeMs'> | null;
  readonly close: () => Promise<void>;
};

export function createLiveHub(options: {
  readonly database: Database;
  readonly databaseUrl: string;
  readonly topologies: TopologyCache;
  readonly log: Logger;
  readonly timing?: Partial<LiveHubTiming>;
}): LiveHub {
  const { database, topologies, log } = options;
  const timing = { ...TIMING, ...options.timing };
  const clock = createHubClock();
  const picture = emptyPicture(randomUUID());
  const subscribers = new Set<Subscriber>();
  const watcher = watchStreams({ database, log, watcher: `web-${randomUUID()}` });

  let changed = everything();
  let listener: Listener | null = null;
  let timer: NodeJS.Timeout | null = null;
  let reading = false;
  let askingTime: Promise<void> | null = null;
  let closed = false;
  /** Until LISTEN holds or has failed for the first time: what is read before it could miss a change. */
  let tuning = true;
  /** The picture has been read since somebody came, and is kept up while somebody stays. */
  let inStep = false;
  let failures = 0;
  let lastReadAtMs = Number.NEGATIVE_INFINITY;

  function hear(notification: Notification): void {
    switch (notification.kind) {
      case 'frame': {
        // A roll-up says nothing about now.
        const period = picture.views.get(notification.streamId)?.row.period;
        if (period != null && notification.periodSeconds > period.seconds) return;
        changed.streamIds.add(notification.streamId);
        break;
      }
      case 'stream':
      case 'topology':
      case 'consumers':
        changed.streamIds.add(notification.streamId);
        break;
      case 'connection':
        break;
      case 'replay':
        // Of a replay that runs there is one each moment, and nothing of a stream has changed by it.
        changed.replays = true;
        schedule();
        return;
      case 'watch':
      case 'collect':
      case 'discover':
      case 'reshard':
        return;
    }
    changed.any = true;
    schedule();
  }

  function hearAll(): void {
    tuning = false;
    changed = everything();
    schedule();
  }

  /** Reads soon, where something changed, somebody wants to know, and no reading is under way. */
  function schedule(): void {
    if (closed || tuning || reading || timer !== null || subscribers.size === 0) return;
    if (!changed.any && !changed.replays) return;
    const pauseMs =
      failures === 0
        ? timing.gatherMs
        : Math.min(timing.retryMsMax, timing.retryMsMin * 2 ** (failures - 1));
    const waitMs = Math.max(0, lastReadAtMs + pauseMs - performance.now());
    timer = setTimeout(() => {
      timer = null;
      void round();
    }, waitMs);
  }

  async function round(): Promise<void> {
    const taken = changed;
    changed = { all: false, streamIds: new Set(), any: false, replays: false };
    reading = true;
    lastReadAtMs = performance.now();
    try {
      if (taken.replays) await readReplays();
      if (taken.any) await readChanges(taken);
      else for (const subscriber of subscribers) subscriber.tellReplays();
      if (failures > 0) log.info('live: the database answers again');
      failures = 0;
      inStep = subscribers.size > 0;
    } catch (error) {
      if (closed) return;
      if (failures === 0) log.warn({ err: error }, 'live: the database cannot be read');
      failures += 1;
      inStep = false;
      // What was missed meanwhile is not known stream by stream.
      changed = everything();
      for (const subscriber of subscribers) subscriber.tellProblem(PROBLEM);
    } finally {
      reading = false;
      schedule();
    }
  }

  async function readReplays(): Promise<void> {
    const replays = await readReplayHeads(database);
    if (!isDeepStrictEqual(replays, picture.replays)) picture.replays = replays;
  }

  async function readChanges(taken: Changed): Promise<void> {
    const ids = [...taken.streamIds];
    const [nowMs, connections, streams] = await Promise.all([
      readServerTimeMs(database),
      readConnectionStates(database),
      taken.all
        ? readCurrentStreams(database)
        : ids.length === 0
          ? []
          : readCurrentStreamsById(database, ids),
    ]);
    const views = await currentViews(database, topologies, streams, nowMs);
    clock.set(nowMs);
    // With a connection its streams went, of which no one is told one by one.
    const retired = picture.connections.some(
      (known) => !connections.some((now) => now.connection === known.connection),
    );
    if (retired && !taken.all) return readChanges(everything());
    picture.connections = connections.map(connectionStateOf);
    takeViews(picture, views, taken.all ? 'all' : ids);

    for (const subscriber of subscribers) {
      if (taken.all) subscriber.tellAll();
      else subscriber.tellChanged(ids);
    }
    followTargets();
  }

  /** While the machine sleeps our own clock stands still, and the figures would look fresh afterwards. */
  async function askNow(): Promise<number> {
    askingTime ??= readServerTimeMs(database)
      // Our own clock goes on without; that the database is away, the rounds tell.
      .then(clock.set, () => undefined)
      .finally(() => {
        askingTime = null;
      });
    await Promise.race([askingTime, pause(ASK_TIME_MS_MAX, undefined, { ref: false })]);
    return clock.now();
  }

  /** The streams that subscribers look at, by the names they gave. */
  function followTargets(): void {
    const watched = new Set<number>();
    for (const { target } of subscribers) {
      const view = target === null ? null : viewOf(picture, target);
      if (view !== null) watched.add(view.row.streamId);
    }
    watcher.set(watched);
  }

  function join(subscriber: Subscriber): void {
    listener ??= listen(options.databaseUrl, {
      onNotification: hear,
      onConnect: hearAll,
      onDisconnect: (error) => {
        log.warn({ err: error }, 'live: notifications are not heard; connecting again');
        // Is it only this connection, or the database? Reading tells.
        hearAll();
      },
      onMalformed: (payload, error) =>
        log.warn({ err: error, payload }, 'live: not a notification'),
    });
    subscribers.add(subscriber);
    if (failures > 0) subscriber.tellProblem(PROBLEM);
    if (changed.any || changed.replays || reading) {
      schedule();
    } else {
      inStep = true;
      subscriber.tellAll();
      followTargets();
    }
  }

  function leave(subscriber: Subscriber): void {
    subscribers.delete(subscriber);
    if (subscribers.size === 0) inStep = false;
    followTargets();
  }

  return {
    async *subscribe(target, signal, known = null) {
      const subscriber = createSubscriber({
        target,
        known,
        picture,
        now: clock.now,
        askNow,
        heartbeatMs: timing.heartbeatMs,
      });
      join(subscriber);
      try {
        yield* subscriber.events(signal);
      } finally {
        leave(subscriber);
      }
    },
    current: (streamId) => (inStep ? (picture.views.get(streamId) ?? null) : null),
    currentByName: (target) => (inStep ? viewOf(picture, target) : null),
    currentRows: () =>
      inStep
        ? {
            revision: revisionOf(picture),
            connections: picture.connections,
            rows: pictureRows(picture, clock.now()),
          }
        : null,
    async close() {
      closed = true;
      if (timer !== null) clearTimeout(timer);
      await Promise.all([watcher.close(), listener?.close()]);
    },
  };
}

/** What may differ from the picture. `any`: of streams and connections all, or these, or only how connections are. */
type Changed = {
  readonly all: boolean;
  readonly streamIds: Set<number>;
  any: boolean;
  replays: boolean;
};

function everything(): Changed {
  return { all: true, streamIds: new Set(), any: true, replays: true };
}
