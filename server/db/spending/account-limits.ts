import { sql } from 'drizzle-orm';
import type { AccountLimits } from '#lib/domain/stream-settings.ts';
import type { Database } from '#server/db/client.ts';
import type { Transaction } from '#server/db/collector-lease.ts';
import { accountLimits, type FailureColumn } from '#server/db/schema.ts';

export type StoredAccountLimits = typeof accountLimits.$inferSelect;

/** The account's quotas were read just now. */
export async function setAccountLimits(
  tx: Transaction,
  connection: string,
  limits: AccountLimits,
): Promise<void> {
  const read = {
    readAt: sql`clock_timestamp()`,
    openShardCount: limits.openShardCount,
    shardLimit: limits.shardLimit,
    onDemandStreamCount: limits.onDemandStreamCount,
    onDemandStreamCountLimit: limits.onDemandStreamLimit,
    failure: null,
  };
  await tx
    .insert(accountLimits)
    .values({ connection, ...read })
    .onConflictDoUpdate({ target: accountLimits.connection, set: read });
}

/** They could not be read; what was known stays, with the cause. */
export async function setAccountLimitsFailure(
  tx: Transaction,
  connection: string,
  failure: FailureColumn,
): Promise<void> {
  await tx
    .insert(accountLimits)
    .values({ connection, failure })
    .onConflictDoUpdate({ target: accountLimits.connection, set: { failure } });
}

export function readAccountLimits({ db }: Database): Promise<readonly StoredAccountLimits[]> {
  return db.select().from(accountLimits);
}
