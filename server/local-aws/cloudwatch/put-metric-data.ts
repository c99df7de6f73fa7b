import { CloudWatchError } from './cloudwatch-error.ts';
import type { CustomMetrics, Samples } from './custom-metrics.ts';
import { dimensionsOf } from './evaluate-queries.ts';
import type { MetricClock } from './metric-clock.ts';
import { type MetricDatum, parseRequest, putMetricDataRequest } from './requests.ts';
import { samplesOfValues } from './samples.ts';

/** Timestamps may lie this far in the past and in the future. Source: API reference, MetricDatum. */
const PAST_MAX_MS = 14 * 86_400_000;
const FUTURE_MAX_MS = 2 * 3_600_000;

/** PutMetricData: a caller's own metrics, read back like any other. */
export function putMetricData(body: unknown, metrics: CustomMetrics, { clock }: MetricClock) {
  const request = parseRequest(putMetricDataRequest, body);
  if (request.Namespace.startsWith('AWS/')) {
    throw new CloudWatchError(
      'InvalidParameterValueException',
      'The value AWS/ for parameter Namespace is invalid.',
    );
  }
  const nowMs = clock.nowMs();
  const puts = request.MetricData.map((datum, i) => {
    const name = `MetricData.member.${i + 1}`;
    return { datum, timestampMs: timestampOf(datum, nowMs, name), samples: samplesOf(datum, name) };
  });
  // Only after all of them are known to be good: a call is taken whole or not at all.
  for (const { datum, timestampMs, samples } of puts) {
    metrics.put(
      {
        namespace: request.Namespace,
        metricName: datum.MetricName,
        dimensions: dimensionsOf(datum.Dimensions),
      },
      timestampMs,
      samples,
      datum.Unit,
    );
  }
  return {};
}

function timestampOf(datum: MetricDatum, nowMs: number, name: string): number {
  const timestampMs = datum.Timestamp === undefined ? nowMs : datum.Timestamp * 1000;
  if (timestampMs < nowMs - PAST_MAX_MS || timestampMs > nowMs + FUTURE_MAX_MS) {
    throw new CloudWatchError(
      'InvalidParameterValueException',
      `The parameter ${name}.Timestamp must specify a time no more than two weeks in the past and two hours in the future.`,
    );
  }
  return timestampMs;
}

function samplesOf(datum: MetricDatum, name: string): Samples {
  const given = [datum.Value, datum.StatisticValues, datum.Values].filter((v) => v !== undefined);
  if (given.length !== 1) {
    throw new CloudWatchError(
      given.length === 0
        ? 'MissingRequiredParameterException'
        : 'InvalidParameterCombinationException',
      `One of the parameters ${name}.Value, ${name}.Values and ${name}.StatisticValues must be specified.`,
    );
  }
  if (datum.StatisticValues !== undefined) {
    const { Sum, SampleCount, Minimum, Maximum } = datum.StatisticValues;
    return { sum: Sum, sampleCount: SampleCount, minimum: Minimum, maximum: Maximum };
  }
  const values = datum.Values ?? [datum.Value ?? 0];
  const counts = datum.Counts ?? values.map(() => 1);
  if (counts.length !== values.length || values.length === 0) {
    throw new CloudWatchError(
      'InvalidParameterValueException',
      `The parameters ${name}.Values and ${name}.Counts must have the same, positive, size.`,
    );
  }
  return samplesOfValues(values.map((value, i) => [value, counts[i] ?? 0]));
}
