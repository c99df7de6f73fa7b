import { and, eq, sql } from 'drizzle-orm';
import type { AutoscaleMode, AutoscalePolicy } from '#lib/domain/reshard/autoscale/policy.ts';
import type { Database } from '#server/db/client.ts';
import { LeaseLost, type Transaction } from '#server/db/collector-lease.ts';
import { notify } from '#server/db/notification.ts';
import { autoscalePolicy, stream } from '#server/db/schema.ts';

export type StoredPolicy = typeof autoscalePolicy.$inferSelect;

/** null: it was never set. */
export async function readPolicy(
  { db }: Pick<Database, 'db'>,
  streamId: number,
): Promise<StoredPolicy | null> {
  const [row] = await db
    .select()
    .from(autoscalePolicy)
    .where(eq(autoscalePolicy.streamId, streamId));
  return row ?? null;
}

/**
 * Sets a policy where it is still the one that was looked at. It decides at once, and what was being decided by the
 * former one is void.
 * @param revision of the policy that was looked at; null: there was none
 * @returns null where somebody else has set it since, and nothing was changed
 */
export async function setPolicy(
  { db }: Pick<Database, 'db'>,
  policy: {
    readonly streamId: number;
    readonly connection: string;
    readonly mode: AutoscaleMode;
    readonly settings: AutoscalePolicy;
    readonly setBy: string;
  },
  revision: number | null,
): Promise<StoredPolicy | null> {
  const { streamId, connection, mode, settings, setBy } = policy;
  return db.transaction(async (tx) => {
    const [row] =
      revision === null
        ? await tx
            .insert(autoscalePolicy)
            .values({ streamId, connection, mode, settings, setBy })
            .onConflictDoNothing()
            .returning()
        : await tx
            .update(autoscalePolicy)
            .set({ mode, settings, setBy, ...ANEW })
            .where(
              and(eq(autoscalePolicy.streamId, streamId), eq(autoscalePolicy.revision, revision)),
            )
            .returning();
    if (row !== undefined) await notify(tx, { kind: 'reshard', streamId });
    return row ?? null;
  });
}

const ANEW = {
  revision: sql`${autoscalePolicy.revision} + 1`,
  token: sql`${autoscalePolicy.token} + 1`,
  setAt: sql`clock_timestamp()`,
  dueAt: sql`clock_timestamp()`,
};

/** Names of the streams whose policies act by themselves. */
export async function readActingStreams({ db }: Pick<Database, 'db'>): Promise<readonly string[]> {
  const rows = await db
    .select({ name: stream.name })
    .from(autoscalePolicy)
    .innerJoin(stream, eq(stream.id, autoscalePolicy.streamId))
    .where(eq(autoscalePolicy.mode, 'act'))
    .orderBy(stream.name);
  return rows.map(({ name }) => name);
}

/** Has policies that act only advise, on all streams. @returns how many they were */
export async function setAllToAdvise({ db }: Pick<Database, 'db'>, setBy: string): Promise<number> {
  const rows = await db
    .update(autoscalePolicy)
    .set({ mode: 'advise', setBy, ...ANEW })
    .where(eq(autoscalePolicy.mode, 'act'))
    .returning({ streamId: autoscalePolicy.streamId });
  return rows.length;
}

/** The right to make one decision: whoever takes the next has another `token`. */
export type PolicyClaim = Pick<
  StoredPolicy,
  'streamId' | 'connection' | 'settings' | 'revision' | 'token'
> & { readonly mode: Exclude<AutoscaleMode, 'off'> };

/**
 * Takes the right to decide for a policy that is due, and moves on when it is due next: of any number of workers one
 * decides, and where that one dies, the next decision is made in its turn.
 * @param connections that this worker can reach, each with how often a policy on it decides, milliseconds
 * @returns null where none is due
 */
export async function claimDuePolicy(
  { db }: Pick<Database, 'db'>,
  connections: ReadonlyMap<string, number>,
): Promise<PolicyClaim | null> {
  if (connections.size === 0) return null;
  const everyMs = sql`(${JSON.stringify(Object.fromEntries(connections))}::jsonb ->> connection)::double precision`;
  const [claimed] = await db
    .update(autoscalePolicy)
    .set({
      token: sql`${autoscalePolicy.token} + 1`,
      dueAt: sql`clock_timestamp() + ${everyMs} * interval '1 millisecond'`,
    })
    .where(sql`${autoscalePolicy.streamId} = (
      select stream_id from autoscale_policy
      where mode <> 'off' and due_at <= clock_timestamp()
        and connection in ${[...connections.keys()]}
      order by due_at limit 1
      for update skip locked
    )`)
    .returning();
  if (claimed === undefined || claimed.mode === 'off') return null;
  return { ...claimed, mode: claimed.mode };
}

/**
 * Holds the policy to the end of the transaction, where the claim is still the newest.
 * @throws LeaseLost where another decision was begun since, or the policy was set anew
 */
export async function proveClaim(
  tx: Transaction,
  { streamId, token, revision }: Pick<PolicyClaim, 'streamId' | 'token' | 'revision'>,
): Promise<void> {
  const ours = await tx
    .select({ streamId: autoscalePolicy.streamId })
    .from(autoscalePolicy)
    .where(
      and(
        eq(autoscalePolicy.streamId, streamId),
        eq(autoscalePolicy.token, token),
        eq(autoscalePolicy.revision, revision),
      ),
    )
    .for('update');
  if (ours.length !== 1) {
    throw new LeaseLost('Another decision on this stream was begun, or its policy was set anew.');
  }
}
