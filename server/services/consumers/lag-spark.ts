import type { LagSpark } from '#lib/consumers/application-view.ts';
import type { Database } from '#server/db/client.ts';
import { worstLags } from './worst-lags.ts';

const PERIOD_SECONDS = 60;
const PERIODS = 30;

/** How the worst lag of an application went over the last half hour. @param nowMs the database's clock */
export async function lagSpark(
  database: Database,
  applicationId: number,
  nowMs: number,
): Promise<LagSpark> {
  const periodMs = PERIOD_SECONDS * 1_000;
  const toMs = Math.floor(nowMs / periodMs) * periodMs;
  const fromMs = toMs - PERIODS * periodMs;
  const known = new Map(
    (await worstLags(database, { applicationId, periodSeconds: PERIOD_SECONDS, fromMs, toMs })).map(
      ({ periodStartMs, atMost }) => [periodStartMs, atMost],
    ),
  );
  return {
    fromMs,
    periodSeconds: PERIOD_SECONDS,
    atMostSeconds: Array.from({ length: PERIODS }, (_, i) => {
      const value = known.get(fromMs + i * periodMs) ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    }),
  };
}
