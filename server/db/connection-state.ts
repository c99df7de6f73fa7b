import { eq, sql } from 'drizzle-orm';
import type { Database } from './client.ts';
import type { Transaction } from './collector-lease.ts';
import { notify } from './notification.ts';
import { connectionState, type FailureColumn, type UnreadableColumn } from './schema.ts';

export type ConnectionFacts = {
  readonly connection: string;
  readonly region: string;
  readonly source: string;
  readonly readOnly: boolean;
  readonly cadenceSeconds: number;
  /** null: no budget. */
  readonly budgetDollarsPerDay: number | null;
  /** Whether CloudWatch charges for what is asked. */
  readonly charged: boolean;
};

/** Writes what the configuration says of a connection; how its reading goes is left as it is. */
export async function upsertConnection({ db }: Database, facts: ConnectionFacts): Promise<void> {
  const told = {
    region: facts.region,
    source: facts.source,
    readOnly: facts.readOnly ? ('yes' as const) : ('no' as const),
    cadenceSeconds: facts.cadenceSeconds,
    budgetDollarsPerDay: facts.budgetDollarsPerDay,
    charged: facts.charged ? ('yes' as const) : ('no' as const),
  };
  await db
    .insert(connectionState)
    .values({ connection: facts.connection, ...told })
    .onConflictDoUpdate({ target: connectionState.connection, set: told });
  await notify(db, { kind: 'connection', connection: facts.connection });
}

/** The streams of the connection were listed just now, with success; `failure` is what else still fails. */
export async function markConnectionListed(
  tx: Transaction,
  connection: string,
  failure: FailureColumn | null,
): Promise<void> {
  await tx
    .update(connectionState)
    .set({ collectedAt: sql`clock_timestamp()`, failure })
    .where(eq(connectionState.connection, connection));
  await notify(tx, { kind: 'connection', connection });
}

/** Which streams of the connection are listed and cannot be described, by cause. */
export async function setUnreadableStreams(
  tx: Transaction,
  connection: string,
  unreadable: UnreadableColumn,
): Promise<void> {
  await tx
    .update(connectionState)
    .set({ unreadable })
    .where(eq(connectionState.connection, connection));
  await notify(tx, { kind: 'connection', connection });
}

export async function setConnectionFailure(
  tx: Transaction,
  connection: string,
  failure: FailureColumn | null,
): Promise<void> {
  await tx
    .update(connectionState)
    .set({ failure })
    .where(eq(connectionState.connection, connection));
  await notify(tx, { kind: 'connection', connection });
}
