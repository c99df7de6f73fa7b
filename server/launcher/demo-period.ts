import { UserError } from './user-error.ts';

/** CloudWatch's in the embedded world's `demo` profile. */
const DEMO_PERIOD_SECONDS = 5;
/** What is rolled up into periods of a minute has to fit into one. */
const MINUTE_SECONDS = 60;

const VARIABLE = 'LOCAL_AWS_METRICS_PERIOD_SECONDS';

/**
 * Seconds of one CloudWatch period in the embedded world: 5, or what LOCAL_AWS_METRICS_PERIOD_SECONDS says. The world
 * and those who read it have to be told the same.
 *
 * @throws {UserError} where that is no whole part of a minute
 */
export function demoPeriodSeconds(env: Readonly<Record<string, string | undefined>>): number {
  const text = env[VARIABLE];
  if (text === undefined || text === '') return DEMO_PERIOD_SECONDS;
  const seconds = Number(text);
  if (!/^\d+$/.test(text) || seconds < 1 || MINUTE_SECONDS % seconds !== 0) {
    throw new UserError(`${VARIABLE} must be seconds that divide a minute; it is "${text}".`);
  }
  return seconds;
}
