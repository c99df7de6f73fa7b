import { isStretched } from '#lib/costs/cost-words.ts';
import type { StretchedStreams } from '#lib/costs/costs-view.ts';
import { readConnectionStates } from '#server/db/read/connection-states.ts';
import { readReadingPlans } from '#server/db/read/reading-plans.ts';
import type { ServiceContext } from '#server/services/service-context.ts';

/** The connections some streams of which are read more rarely than wanted, to keep the budget. */
export async function listStretched({
  ctx,
}: {
  ctx: Pick<ServiceContext, 'database'>;
}): Promise<readonly StretchedStreams[]> {
  const [states, plans] = await Promise.all([
    readConnectionStates(ctx.database),
    readReadingPlans(ctx.database),
  ]);
  return states.flatMap(({ connection, budgetDollarsPerDay }) => {
    const streams = plans.filter((plan) => plan.connection === connection);
    const stretched = streams.filter(isStretched);
    if (budgetDollarsPerDay === null || stretched.length === 0) return [];
    return [
      {
        connection,
        budgetDollarsPerDay,
        stretched: stretched.length,
        streams: streams.length,
        slowestCadenceSeconds: stretched.reduce(
          (max, { cadenceSeconds }) => Math.max(max, cadenceSeconds),
          0,
        ),
      },
    ];
  });
}
