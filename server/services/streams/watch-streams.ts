import type { Database } from '#server/db/client.ts';
import { notify } from '#server/db/notification.ts';
import { endWatch } from '#server/db/watch/end-watch.ts';
import { keepWatch } from '#server/db/watch/keep-watch.ts';
import type { Logger } from '#server/log.ts';

const TTL_SECONDS = 30;
const RENEW_MS = 10_000;

/**
 * Tells the worker which streams are looked at through this process, so that it reads them at the fast
 * cadence: a row a stream, renewed each 10 s, and gone 30 s after this process is.
 */
export type StreamWatcher = {
  /** Replaces the set of streams that are looked at. */
  readonly set: (streamIds: ReadonlySet<number>) => void;
  readonly close: () => Promise<void>;
};

export function watchStreams(args: {
  readonly database: Database;
  readonly watcher: string;
  readonly log: Logger;
  readonly renewMs?: number;
}): StreamWatcher {
  const { database, watcher, log } = args;
  let wanted: ReadonlySet<number> = new Set();
  let told: ReadonlySet<number> = new Set();
  let failing = false;
  let work: Promise<void> = Promise.resolve();

  /** One at a time, in order: an end that overtakes a renewal would leave the row behind. */
  function enqueue(run: () => Promise<void>): Promise<void> {
    work = work.then(run).then(
      () => {
        failing = false;
      },
      (error: unknown) => {
        if (!failing) log.warn({ err: error }, 'watches were not written; trying again each 10 s');
        failing = true;
      },
    );
    return work;
  }

  async function reconcile(): Promise<void> {
    const now = wanted;
    const began = [...now].filter((id) => !told.has(id));
    const ended = [...told].filter((id) => !now.has(id));
    await keepWatch(database, { streamIds: began, watcher, ttlSeconds: TTL_SECONDS });
    await endWatch(database, { streamIds: ended, watcher });
    told = now;
    for (const streamId of began) await notify(database.db, { kind: 'watch', streamId });
  }

  async function renew(): Promise<void> {
    await reconcile();
    await keepWatch(database, { streamIds: [...told], watcher, ttlSeconds: TTL_SECONDS });
  }

  const timer = setInterval(() => {
    if (wanted.size > 0 || told.size > 0) void enqueue(renew);
  }, args.renewMs ?? RENEW_MS);
  timer.unref();

  return {
    set(streamIds) {
      wanted = streamIds;
      void enqueue(reconcile);
    },
    close() {
      clearInterval(timer);
      wanted = new Set();
      return enqueue(reconcile);
    },
  };
}
