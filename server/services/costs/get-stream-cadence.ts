import type { StreamCadence } from '#lib/costs/costs-view.ts';
import { readConnectionState } from '#server/db/read/connection-states.ts';
import { readReadingPlan } from '#server/db/read/reading-plans.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { ServiceError } from '#server/services/service-error.ts';

/** How often a stream is read, and how often it would be without a budget. @throws ServiceError `not-found` */
export async function getStreamCadence(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly connection: string; readonly streamName: string };
}): Promise<StreamCadence> {
  const { database } = args.ctx;
  const { connection, streamName } = args.input;
  const [plan, state] = await Promise.all([
    readReadingPlan(database, connection, streamName),
    readConnectionState(database, connection),
  ]);
  if (plan === null || state === null) {
    throw new ServiceError(
      'not-found',
      `There is no stream "${streamName}" on "${connection}" now.`,
    );
  }
  return {
    streamId: plan.streamId,
    cadenceSeconds: plan.cadenceSeconds,
    wantedCadenceSeconds: plan.wantedCadenceSeconds,
    metricsPerReading: plan.metricsPerReading,
    budgetDollarsPerDay: state.budgetDollarsPerDay,
    charged: state.charged === 'yes',
  };
}
