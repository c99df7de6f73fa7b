import { DailyBudget, utcDayStart } from '#lib/domain/cost/daily-budget.ts';
import { metricsFor } from '#lib/domain/cost/metric-price.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { readRequestedByDay } from '#server/db/spending/metrics-requested.ts';

/** Our clock and AWS's, by which the ledger is kept, may be on different days; more than a day apart they never are. */
const DAY_MS = 86_400_000;

/**
 * The money of a connection's days, less all that the ledger has of them, whoever spent it; null: no budget.
 * @param nowMs our own clock: how far AWS's is ahead is not known before it has answered
 */
export async function openBudget(
  database: Database,
  connection: Connection,
  nowMs: number,
): Promise<DailyBudget | null> {
  if (connection.budgetDollarsPerDay === null) return null;
  const days = await readRequestedByDay(database, utcDayStart(nowMs) - DAY_MS);
  const spentOf = new Map(
    days
      .filter((day) => day.connection === connection.name)
      .map(({ dayStartMs, metrics }) => [dayStartMs, metrics]),
  );
  return new DailyBudget(metricsFor(connection.budgetDollarsPerDay), spentOf);
}
