import { sql } from 'drizzle-orm';
import type { Transaction } from './collector-lease.ts';
import { NOTIFICATION_CHANNEL, type Notification } from './notification.ts';

/** Sends all of them in one statement; they arrive when the transaction commits, equal ones once. */
export async function notifyMany(
  tx: Transaction,
  notifications: readonly Notification[],
): Promise<void> {
  if (notifications.length === 0) return;
  const payloads = JSON.stringify(notifications.map((one) => JSON.stringify(one)));
  await tx.execute(sql`
    select pg_notify(${NOTIFICATION_CHANNEL}, payload)
    from json_array_elements_text(${payloads}::json) as payload`);
}
