import { sql } from 'drizzle-orm';
import type { Transaction } from '#server/db/collector-lease.ts';

/** How often a stream is read from now on, how often it would be without a budget, and what one reading asks for. */
export type ReadingPlan = {
  readonly streamId: number;
  readonly cadenceSeconds: number;
  readonly wantedCadenceSeconds: number;
  readonly metricsPerReading: number;
};

export async function setReadingPlans(
  tx: Transaction,
  plans: readonly ReadingPlan[],
): Promise<void> {
  if (plans.length === 0) return;
  await tx.execute(sql`
    update stream set cadence_seconds = plan."cadenceSeconds",
      wanted_cadence_seconds = plan."wantedCadenceSeconds", metrics_per_reading = plan."metricsPerReading"
    from jsonb_to_recordset(${JSON.stringify(plans)}::jsonb)
      as plan("streamId" int, "cadenceSeconds" int, "wantedCadenceSeconds" int, "metricsPerReading" int)
    where stream.id = plan."streamId"`);
}
