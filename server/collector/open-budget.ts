import { DailyBudget, utcDayStart } from '#lib/domain/cost/daily-budget.ts';
import { metricsFor } from '#lib/domain/cost/metric-price.ts';
import type { Connection } from '#server/config/config.ts';
import type { Database } from '#server/db/client.ts';
import { readMetricsRequested } from '#server/db/spending/metrics-requested.ts';

/** What is left of this UTC day's money after all that the ledger has of it, whoever spent it; null: no budget. */
export async function openBudget(
  database: Database,
  connection: Connection,
  nowMs: number,
): Promise<DailyBudget | null> {
  if (connection.budgetDollarsPerDay === null) return null;
  const spent = await readMetricsRequested(database, connection.name, utcDayStart(nowMs));
  return new DailyBudget(metricsFor(connection.budgetDollarsPerDay), spent, nowMs);
}
