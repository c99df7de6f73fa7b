import type { Datapoint } from '#server/local-aws/metering/meter.ts';
import { CloudWatchError } from './cloudwatch-error.ts';
import { extendedStatistic, readExtended } from './extended-statistic.ts';
import { STATISTICS, type StatisticName } from './requests.ts';

/** The value of a statistic, or null for one that cannot be told of this datapoint. */
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
  const extended = extendedStatistic(stat);
  if (extended === null) {
    throw new CloudWatchError(
      'ValidationException',
      `The value ${stat} for parameter Stat is not supported.`,
    );
  }
  return (point) => readExtended(extended, point);
}
