import type { ApplicationSource } from '#lib/domain/consumers/application-source.ts';
import type { ConsumerMetric } from '#lib/domain/consumers/managed-consumers.ts';

/** The metrics that tell of an application without leases: how far it is behind, and where there are any, what it read. */
export type ConsumerMetrics = {
  readonly lag: ConsumerMetric;
  /** Sums over a period. */
  readonly records: ConsumerMetric | null;
  readonly bytes: ConsumerMetric | null;
};

/**
 * Sources: developer guides of Kinesis ("Monitor Kinesis Data Streams with CloudWatch", enhanced fan-out), Lambda
 * ("Types of metrics for Lambda functions") and Firehose ("Monitor with CloudWatch metrics").
 * @returns null for applications with leases
 */
export function consumerMetricsOf(
  source: ApplicationSource,
  streamName: string,
): ConsumerMetrics | null {
  switch (source.kind) {
    case 'kcl':
    case 'lifion':
      return null;
    case 'lambda': {
      const dimensions = [['FunctionName', source.functionName]] as const;
      return {
        lag: {
          namespace: 'AWS/Lambda',
          metricName: 'IteratorAge',
          dimensions,
          statistic: 'Maximum',
        },
        records: null,
        bytes: null,
      };
    }
    case 'firehose': {
      const of = {
        namespace: 'AWS/Firehose',
        dimensions: [['DeliveryStreamName', source.deliveryStreamName]],
      } as const;
      return {
        lag: { ...of, metricName: 'KinesisMillisBehindLatest', statistic: 'Maximum' },
        records: { ...of, metricName: 'DataReadFromKinesisStream.Records', statistic: 'Sum' },
        bytes: { ...of, metricName: 'DataReadFromKinesisStream.Bytes', statistic: 'Sum' },
      };
    }
    case 'enhanced-fan-out': {
      const of = {
        namespace: 'AWS/Kinesis',
        dimensions: [
          ['StreamName', streamName],
          ['ConsumerName', source.consumerName],
        ],
      } as const;
      const name = 'SubscribeToShardEvent';
      return {
        lag: { ...of, metricName: `${name}.MillisBehindLatest`, statistic: 'Maximum' },
        records: { ...of, metricName: `${name}.Records`, statistic: 'Sum' },
        bytes: { ...of, metricName: `${name}.Bytes`, statistic: 'Sum' },
      };
    }
  }
}
