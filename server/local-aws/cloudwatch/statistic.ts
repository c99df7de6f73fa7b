import type { Datapoint } from '#server/local-aws/metering/meter.ts';
import { CloudWatchError } from './cloudwatch-error.ts';
import { STATISTICS, type StatisticName } from './requests.ts';

/** Percentiles and trimmed means: they need every sample, which is not kept. */
const EXTENDED = /^(?:p\d{1,2}(?:\.\d+)?|p100|(?:tm|wm|tc|ts|PR|TM|WM|TC|TS|IQM)\S*)$/;

/** The value of a statistic, or null for an extended one, of which nothing is known. */
export type ReadStatistic = (point: Datapoint) => number | null;

const READERS: Readonly<Record<StatisticName, (point: Datapoint) => number>> = {
  SampleCount: (point) => point.sampleCount,
  Average: (point) => point.sum / point.sampleCount,
  Sum: (point) => point.sum,
  Minimum: (point) => point.minimum,
  Maximum: (point) => point.maximum,
};

/** @throws CloudWatchError (ValidationException) for a name that CloudWatch does not know. */
export function statisticReader(stat: string): ReadStatistic {
  const name = STATISTICS.find((one) => one === stat);
  if (name !== undefined) {
    return READERS[name];
  }
  if (EXTENDED.test(stat)) {
    return () => null;
  }
  throw new CloudWatchError(
    'ValidationException',
    `The value ${stat} for parameter Stat is not supported.`,
  );
}
