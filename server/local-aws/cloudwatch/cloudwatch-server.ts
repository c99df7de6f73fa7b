import type { Meter } from '#server/local-aws/metering/meter.ts';
import { cborProtocol } from '#server/local-aws/protocol/cbor-protocol.ts';
import { jsonProtocol } from '#server/local-aws/protocol/json-protocol.ts';
import { queryProtocol } from '#server/local-aws/protocol/query-protocol.ts';
import {
  type ServiceContext,
  type ServiceHandler,
  serveAws,
} from '#server/local-aws/protocol/serve-aws.ts';
import type { MetricsTill } from './charged-metrics.ts';
import { CloudWatchError, errorNames } from './cloudwatch-error.ts';
import { CustomMetrics } from './custom-metrics.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { KINESIS_NAMESPACE, kinesisMetrics } from './kinesis-metrics.ts';
import { listMetrics } from './list-metrics.ts';
import type { MetricClock, MetricsProfile } from './metric-clock.ts';
import type { MetricId, MetricSource } from './metric-source.ts';
import { putMetricData } from './put-metric-data.ts';
import { typedQueryInput } from './typed-query-input.ts';

const SERVICE_NAME = 'GraniteServiceVersion20100801';
const QUERY_VERSION = '2010-08-01';

export type CloudWatchServerOptions = ServiceContext & {
  readonly meter: Meter;
  /** Of AWS's other services, as far as they are played here; left out: of none. */
  readonly vended?: MetricSource | undefined;
  readonly profile: MetricsProfile;
  /** Counts what would be charged; left out: nobody does. */
  readonly till?: MetricsTill | undefined;
};

const NO_METRICS: MetricSource = { read: () => [], unitsOf: () => [], list: () => [] };

/** CloudWatch: the engine's counters, those of other services, and what callers put, as one service. */
export function createCloudWatchServer(options: CloudWatchServerOptions): ServiceHandler {
  const { meter, clock, profile, till, vended = NO_METRICS } = options;
  const custom = new CustomMetrics(profile.basePeriodMs);
  const source = sourceOfAll(kinesisMetrics(meter), vended, custom);
  const metricClock: MetricClock = { clock, profile };
  return serveAws(
    {
      protocols: [
        jsonProtocol({ version: '1.0', targetPrefix: `${SERVICE_NAME}.` }),
        cborProtocol(SERVICE_NAME),
        queryProtocol({
          version: QUERY_VERSION,
          xmlNamespace: `http://monitoring.amazonaws.com/doc/${QUERY_VERSION}/`,
          maps: new Set(['ExtendedStatistics']),
          typed: typedQueryInput,
        }),
      ],
      operations: {
        GetMetricData: (input) => getMetricData(input, source, metricClock, till),
        GetMetricStatistics: (input) => getMetricStatistics(input, source, metricClock),
        ListMetrics: (input) => listMetrics(input, source, metricClock),
        PutMetricData: (input) => putMetricData(input, custom, metricClock),
      },
      refuse: (operation) =>
        new CloudWatchError('UnknownOperationException', `Unknown operation ${operation}.`),
      errors: {
        missingCredentials: errorNames('MissingAuthenticationToken'),
        throttled: errorNames('Throttling'),
        failed: errorNames('InternalServiceFault'),
      },
    },
    options,
  );
}

function sourceOfAll(
  kinesis: MetricSource,
  vended: MetricSource,
  custom: MetricSource,
): MetricSource {
  const of = ({ namespace }: MetricId) => {
    if (namespace === KINESIS_NAMESPACE) {
      return kinesis;
    }
    return namespace.startsWith('AWS/') ? vended : custom;
  };
  return {
    read: (metric, ...window) => of(metric).read(metric, ...window),
    unitsOf: (metric) => of(metric).unitsOf(metric),
    list: (filter) => [kinesis, vended, custom].flatMap((source) => source.list(filter)),
  };
}
