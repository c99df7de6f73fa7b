import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from './client.ts';

/** The one channel of NOTIFY between worker and web. Messages name what changed; the data is read from its table. */
export const NOTIFICATION_CHANNEL = 'kinetoscope';

const notificationSchema = z.discriminatedUnion('kind', [
  /** Worker to web: a frame was written. */
  z.object({
    kind: z.literal('frame'),
    streamId: z.int(),
    topologyId: z.int(),
    periodSeconds: z.int(),
    periodStartMs: z.int(),
    seq: z.int(),
  }),
  /** Worker to web: a row of `stream` changed (state, failure, gone). */
  z.object({ kind: z.literal('stream'), streamId: z.int() }),
  z.object({ kind: z.literal('topology'), streamId: z.int(), topologyId: z.int() }),
  z.object({ kind: z.literal('connection'), connection: z.string() }),
  /** Worker to web: what is known of a stream's consumers changed. */
  z.object({ kind: z.literal('consumers'), streamId: z.int() }),
  /** Both ways: a reshard of the stream was asked for, went on, or is to be paused or cancelled. */
  z.object({ kind: z.literal('reshard'), streamId: z.int() }),
  /** Both ways: a replay was changed by a person, or went on. */
  z.object({ kind: z.literal('replay'), runId: z.int() }),
  /** Web to worker: somebody began to watch, or asks for figures now. */
  z.object({ kind: z.literal('watch'), streamId: z.int() }),
  /** Web to worker: consumers are to be looked for now, as something was changed here. */
  z.object({ kind: z.literal('discover'), connection: z.string() }),
  z.object({
    kind: z.literal('collect'),
    connection: z.string(),
    /** Only look into this stream, which was changed here; left out: all figures of the connection. */
    streamName: z.string().optional(),
  }),
]);

export type Notification = z.infer<typeof notificationSchema>;

export async function notify(
  db: Pick<Database['db'], 'execute'>,
  notification: Notification,
): Promise<void> {
  await db.execute(sql`select pg_notify(${NOTIFICATION_CHANNEL}, ${JSON.stringify(notification)})`);
}

/** @throws ZodError or SyntaxError when the payload is not one of ours. */
export function parseNotification(payload: string): Notification {
  return notificationSchema.parse(JSON.parse(payload));
}
