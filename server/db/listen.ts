import pg from 'pg';
import { NOTIFICATION_CHANNEL, type Notification, parseNotification } from './notification.ts';

const RECONNECT_MS_MIN = 250;
const RECONNECT_MS_MAX = 5_000;
/** A server that vanished without a word is found out by this. */
const PING_EVERY_MS = 15_000;
const PING_DEADLINE_MS = 5_000;

export type Listener = {
  /** Ends the connection; nothing is called afterwards. */
  close(): Promise<void>;
};

export type ListenHandlers = {
  readonly onNotification: (notification: Notification) => void;
  /**
   * Called each time when LISTEN holds, the first time included. What happened while it did not hold was
   * missed: readers read their tables again here.
   */
  readonly onConnect: () => void;
  /** Called once for each loss, not for each try to reconnect. `error` says why. */
  readonly onDisconnect: (error: Error) => void;
  /** A payload that is not one of ours; it was left out. */
  readonly onMalformed: (payload: string, error: unknown) => void;
};

/** A connection of its own that hears NOTIFY, and makes itself anew, with back-off, for as long as it is not closed. */
export function listen(databaseUrl: string, handlers: ListenHandlers): Listener {
  let closed = false;
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let failuresInARow = 0;
  let lossReported = false;

  function lost(of: pg.Client, error: Error): void {
    if (client !== of) return;
    client = null;
    // The connection is broken already; how its end fails tells nothing new.
    of.end().catch(() => undefined);
    if (closed) return;
    if (!lossReported) {
      lossReported = true;
      handlers.onDisconnect(error);
    }
    const delayMs = Math.min(RECONNECT_MS_MAX, RECONNECT_MS_MIN * 2 ** failuresInARow);
    failuresInARow += 1;
    retry = setTimeout(connect, delayMs);
  }

  function connect(): void {
    retry = null;
    const opened = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 3_000,
      keepAlive: true,
    });
    client = opened;
    opened.on('error', (error) => lost(opened, error));
    opened.on('end', () => lost(opened, new Error('The database closed the connection.')));
    opened.on('notification', ({ payload }) => receive(payload ?? ''));
    opened
      .connect()
      .then(() => opened.query(`listen ${NOTIFICATION_CHANNEL}`))
      .then(() => {
        if (client !== opened) return;
        failuresInARow = 0;
        lossReported = false;
        handlers.onConnect();
      })
      .catch((error: Error) => lost(opened, error));
  }

  function receive(payload: string): void {
    if (closed) return;
    let notification: Notification;
    try {
      notification = parseNotification(payload);
    } catch (error) {
      handlers.onMalformed(payload, error);
      return;
    }
    handlers.onNotification(notification);
  }

  const ping = setInterval(() => {
    const pinged = client;
    if (pinged === null) return;
    const deadline = setTimeout(
      () => lost(pinged, new Error('The database did not answer in time.')),
      PING_DEADLINE_MS,
    );
    pinged
      .query('select 1')
      .catch((error: Error) => lost(pinged, error))
      .finally(() => clearTimeout(deadline));
  }, PING_EVERY_MS);
  ping.unref();

  connect();

  return {
    async close() {
      closed = true;
      clearInterval(ping);
      if (retry !== null) clearTimeout(retry);
      const open = client;
      client = null;
      await open?.end();
    },
  };
}
