import { z } from 'zod';
import { WireTime } from '#server/local-aws/wire/wire-value.ts';
import { CloudWatchError } from './cloudwatch-error.ts';
import { UNITS } from './unit.ts';

/**
 * Requests as they come over the wire. Instants become epoch seconds, with a fraction where there is one: JSON
 * has them as numbers, other protocols tell them from numbers.
 */

const dimension = z.object({
  Name: z.string().min(1).max(255),
  Value: z.string().min(1).max(1024),
});
const dimensions = z.array(dimension).max(30).default([]);
const seconds = z.union([
  z.number(),
  z.instanceof(WireTime).transform(({ epochMs }) => epochMs / 1_000),
]);
const unit = z.enum(UNITS).optional();
const text = z.string().min(1).max(255);

const metricStat = z.object({
  Metric: z.object({ Namespace: text, MetricName: text, Dimensions: dimensions }),
  Period: z.int().min(1),
  Stat: z.string().min(1),
  Unit: unit,
});

const metricDataQuery = z.object({
  Id: z
    .string()
    .max(255)
    .regex(/^[a-z][a-zA-Z0-9_]*$/, 'must match ^[a-z][a-zA-Z0-9_]*$'),
  MetricStat: metricStat.optional(),
  Expression: z.string().min(1).max(2048).optional(),
  Label: z.string().optional(),
  ReturnData: z.boolean().default(true),
  Period: z.int().min(1).optional(),
  AccountId: z.string().optional(),
});

export const getMetricDataRequest = z.object({
  MetricDataQueries: z.array(metricDataQuery).min(1),
  StartTime: seconds,
  EndTime: seconds,
  NextToken: z.string().optional(),
  ScanBy: z.enum(['TimestampDescending', 'TimestampAscending']).default('TimestampDescending'),
  MaxDatapoints: z.int().min(1).optional(),
  LabelOptions: z.object({ Timezone: z.string().optional() }).optional(),
});

export const STATISTICS = ['SampleCount', 'Average', 'Sum', 'Minimum', 'Maximum'] as const;
export type StatisticName = (typeof STATISTICS)[number];

export const getMetricStatisticsRequest = z.object({
  Namespace: text,
  MetricName: text,
  Dimensions: dimensions,
  StartTime: seconds,
  EndTime: seconds,
  Period: z.int().min(1),
  Statistics: z.array(z.enum(STATISTICS)).max(5).default([]),
  ExtendedStatistics: z.array(z.string()).max(10).default([]),
  Unit: unit,
});

export const listMetricsRequest = z.object({
  Namespace: text.optional(),
  MetricName: text.optional(),
  Dimensions: z
    .array(z.object({ Name: z.string().min(1).max(255), Value: z.string().min(1).optional() }))
    .max(10)
    .default([]),
  NextToken: z.string().optional(),
  RecentlyActive: z.literal('PT3H').optional(),
  IncludeLinkedAccounts: z.boolean().optional(),
  OwningAccount: z.string().optional(),
});

const metricDatum = z.object({
  MetricName: text,
  Dimensions: dimensions,
  Timestamp: seconds.optional(),
  Value: z.number().optional(),
  StatisticValues: z
    .object({ SampleCount: z.number(), Sum: z.number(), Minimum: z.number(), Maximum: z.number() })
    .optional(),
  Values: z.array(z.number()).max(150).optional(),
  Counts: z.array(z.number()).max(150).optional(),
  Unit: unit,
  StorageResolution: z.int().optional(),
});

export const putMetricDataRequest = z.object({
  Namespace: text,
  MetricData: z.array(metricDatum).max(1000).default([]),
  StrictEntityValidation: z.boolean().optional(),
});

export type GetMetricDataRequest = z.infer<typeof getMetricDataRequest>;
export type MetricDataQuery = z.infer<typeof metricDataQuery>;
export type MetricDatum = z.infer<typeof metricDatum>;

/** @throws CloudWatchError that names the first parameter at fault. */
export function parseRequest<S extends z.ZodType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body);
  if (parsed.success) {
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  const where = issue === undefined ? '' : parameterPath(issue.path);
  if (issue !== undefined && valueAt(body, issue.path) === undefined) {
    throw new CloudWatchError(
      'MissingRequiredParameterException',
      `The parameter ${where} is required.`,
    );
  }
  throw new CloudWatchError(
    'InvalidParameterValueException',
    `The parameter ${where} is not valid: ${issue?.message ?? 'unknown reason'}.`,
  );
}

/** `['MetricDataQueries', 0, 'Id']` as AWS writes it: `MetricDataQueries.member.1.Id`. */
function parameterPath(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `member.${part + 1}` : String(part)))
    .join('.');
}

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined,
    body,
  );
}
