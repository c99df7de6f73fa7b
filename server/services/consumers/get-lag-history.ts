import { holdOver } from '#lib/consumers/hold-over.ts';
import { type LagHistoryView, packLagHistory } from '#lib/consumers/lag-history.ts';
import type { ServiceContext } from '#server/services/service-context.ts';
import { holdMsOf } from './hold-ms.ts';
import { knownApplication } from './known-application.ts';
import { lagPeriods } from './lag-periods.ts';
import { worstLags } from './worst-lags.ts';

/** More points than a chart is wide in pixels tell nothing more. */
const POINTS_MAX = 480;

/** The worst lag of an application in each period of a span; a gap where nothing was recorded, or none is known. */
export async function getLagHistory(args: {
  ctx: Pick<ServiceContext, 'database'>;
  input: { readonly applicationId: number; readonly fromMs: number; readonly toMs: number };
}): Promise<LagHistoryView> {
  const { database } = args.ctx;
  const { applicationId } = args.input;
  const { application } = await knownApplication(database, applicationId);
  const { startsMs, ...periods } = await lagPeriods(database, args.input, POINTS_MAX);
  const known = new Map(
    (await worstLags(database, { applicationId, ...periods })).map((worst) => [
      worst.periodStartMs,
      worst,
    ]),
  );
  const held = holdOver(startsMs, known, holdMsOf(application));
  const line = (pick: 'atLeast' | 'atMost') =>
    held.map((worst) => {
      const value = worst?.[pick] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    });
  return packLagHistory({
    applicationId,
    periodSeconds: periods.periodSeconds,
    periodStartMs: startsMs,
    atLeastSeconds: line('atLeast'),
    atMostSeconds: line('atMost'),
  });
}
