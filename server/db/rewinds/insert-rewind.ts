import { and, eq, lt, sql } from 'drizzle-orm';
import type { RewindStep } from '#lib/domain/consumers/rewind/plan-rewind.ts';
import type { RewindTarget } from '#lib/domain/consumers/rewind/rewind.ts';
import type { Database } from '#server/db/client.ts';
import { rewind, rewindStep } from '#server/db/schema.ts';

/** Rows at a time: PostgreSQL takes 65,535 parameters a statement. */
const STEPS_PER_INSERT = 500;

/** Plans that nobody carried out are of no use to anybody for so long. */
const PLAN_KEEP = '1 hour';

/** Writes a plan down, with the leases as they are. @returns its id */
export async function insertRewind(
  { db }: Pick<Database, 'db'>,
  plan: {
    readonly applicationId: number;
    readonly tableName: string;
    readonly target: RewindTarget;
    readonly restores: number | null;
    readonly actor: string;
    readonly steps: readonly RewindStep[];
  },
): Promise<number> {
  const { steps, ...row } = plan;
  return db.transaction(async (tx) => {
    await tx
      .delete(rewind)
      .where(
        and(
          eq(rewind.state, 'planned'),
          lt(rewind.plannedAt, sql`clock_timestamp() - ${PLAN_KEEP}::interval`),
        ),
      );
    const [made] = await tx
      .insert(rewind)
      .values({ ...row, state: 'planned' })
      .returning({ id: rewind.id });
    if (made === undefined) throw new Error('An inserted rewind has an id.');
    for (let i = 0; i < steps.length; i += STEPS_PER_INSERT) {
      const rows = steps.slice(i, i + STEPS_PER_INSERT);
      await tx
        .insert(rewindStep)
        .values(rows.map((step) => ({ rewindId: made.id, ...step, state: 'waiting' as const })));
    }
    return made.id;
  });
}
